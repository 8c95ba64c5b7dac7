package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BuildArg;
import dev.trestle.api.Input;
import dev.trestle.dockerfile.ReaderProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file changes that BuildKit's checkout of the commit, or COPY, reads on the way to what the Dockerfile names. */
class CheckoutInputsTest {
    private static final String LINK = "120000:";
    private static final String SUBMODULE = "160000:";

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("Dockerfile", "1"),
            Map.entry("conf/app.yaml", "1"),
            Map.entry("conf/db.yaml", LINK + "1"),
            Map.entry("conf/deep/x.yaml", "1"),
            Map.entry("shared/db.yaml", "1"),
            Map.entry("shared/all", LINK + "1"),
            Map.entry("bin/run.sh", "100755:1"),
            Map.entry("bin/.gitattributes", "1"),
            Map.entry("docs/.gitattributes", "1"),
            Map.entry("third/lib", SUBMODULE + "1"),
            Map.entry(".gitmodules", "1"),
            Map.entry("other/readme", "1"));

    static Stream<Arguments> read() {
        return Stream.of(
                row("what a link stands for that a glob selects", "COPY conf/*.yaml /", "shared/db.yaml", true),
                row("the same of a glob of folders", "COPY conf/d? /", "shared/db.yaml", false),
                row("the same of ADD", "ADD c*/d*.yaml /", "shared/db.yaml", true),
                row("a link in a folder that is copied is copied as a link", "COPY conf /", "shared/db.yaml", false),
                row("a link that no glob selects", "COPY conf/a*.yaml /", "shared/db.yaml", false),
                row(
                        "what a link in a variable's place stands for",
                        "COPY shared/$TARGETARCH/x /",
                        "other/readme",
                        true),
                row("attributes of the file's folder", "COPY bin/run.sh /", "bin/.gitattributes", true),
                row("attributes that a glob passes by", "COPY bin/*.sh /", "bin/.gitattributes", true),
                row("attributes of another folder", "COPY bin/run.sh /", "docs/.gitattributes", false),
                row("attributes of a folder that has nothing of it", "COPY docs/none /", "docs/.gitattributes", false),
                row("new attributes at the top", "COPY bin/run.sh /", ".gitattributes", true),
                row("new attributes of the Dockerfile's own folder", "RUN x", ".gitattributes", true),
                row("where a submodule comes from", "COPY third/lib/a /", ".gitmodules", true),
                row("the same where none is copied", "COPY bin /", ".gitmodules", false),
                row("a submodule's commit", "COPY third/*/a /", "third/lib", true),
                row("an ignore file, which counts for local contexts only", "COPY bin /", ".dockerignore", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("read")
    void aChangedFileMovesAnInput(String what, String copy, String changed, boolean moves) {
        var dockerfile = "FROM x\n" + copy;
        var recipe = recipe("Dockerfile");
        assertThat(inputs(recipe, with(FILES, changed), dockerfile).equals(inputs(recipe, FILES, dockerfile)))
                .isEqualTo(!moves);
    }

    @Test
    void manyAttributesAreOneInput() {
        var files = new TreeMap<>(FILES);
        IntStream.range(0, 5).forEach(i -> files.put("bin/%d/.gitattributes".formatted(i), "1"));
        IntStream.range(0, 5).forEach(i -> files.put("bin/%d/x".formatted(i), "1"));
        var dockerfile = "FROM x\nCOPY bin/*/x /";
        assertThat(names(recipe("Dockerfile"), files, dockerfile)).contains("**/.gitattributes");
        assertThat(inputs(recipe("Dockerfile"), with(files, "bin/3/.gitattributes"), dockerfile))
                .isNotEqualTo(inputs(recipe("Dockerfile"), files, dockerfile));
        assertThat(inputs(recipe("Dockerfile"), with(files, "docs/.gitattributes"), dockerfile))
                .isEqualTo(inputs(recipe("Dockerfile"), files, dockerfile));
    }

    @Test
    void aLowerCaseDockerfileStandsInForAMissingOne() {
        var files = Map.of("app/dockerfile", "1", "app/x", "1");
        assertThat(inputs(recipe("app/Dockerfile", "y"), files, "FROM x\nCOPY app/x /"))
                .extracting(Input::name, Input::value)
                .contains(
                        org.assertj.core.api.Assertions.tuple("app/Dockerfile", FileInputs.NOTHING),
                        org.assertj.core.api.Assertions.tuple("app/dockerfile", "1"));
        assertThat(DockerfilePath.of("app/Dockerfile", SourceTree.of(files)).file())
                .contains("app/dockerfile");
        assertThat(DockerfilePath.of("app/Dockerfile.x", SourceTree.of(files)).file())
                .as("another name has no such fallback")
                .isEmpty();
    }

    @Test
    void aDockerfileInASubmoduleIsItsCommit() {
        var recipe = recipe("third/lib/Dockerfile", "bin");
        assertThat(names(recipe, FILES, Optional.empty()))
                .as("what it copies cannot be told")
                .contains("bin", "third/lib/Dockerfile", ".", ".gitmodules");
        assertThat(inputs(recipe, with(FILES, "third/lib"), Optional.empty()))
                .filteredOn(input -> "third/lib/Dockerfile".equals(input.name()))
                .isNotEqualTo(inputs(recipe, FILES, Optional.empty()));
    }

    static Stream<Arguments> gitFolders() {
        return Stream.of(
                arguments("COPY . /", "1", ".", true),
                arguments("COPY .git/HEAD /", "true", ".", true),
                arguments("COPY .g*/HEAD /", "T", ".", true),
                arguments("COPY * /", "1", ".", true),
                arguments("COPY bin /", "1", ".", false),
                arguments("COPY . /", "yes", ".", false),
                arguments("COPY . /", "1", "bin", false));
    }

    @ParameterizedTest
    @MethodSource("gitFolders")
    void theCommitIsAnInputWhereItsFolderIsCopied(String copy, String value, String context, boolean commit) {
        var recipe = new FileRecipe(
                List.of(), "Dockerfile", context, List.of(new BuildArg("BUILDKIT_CONTEXT_KEEP_GIT_DIR", value)));
        assertThat(inputs(recipe, FILES, "FROM x\n" + copy).stream()
                        .anyMatch(input ->
                                ".git".equals(input.name()) && input.value().equals("c0".repeat(20))))
                .isEqualTo(commit);
    }

    @Test
    void beyondFortyPathsEachCountsInOneInput() {
        var files = new TreeMap<>(FILES);
        IntStream.range(0, 60).forEach(i -> files.put("p/%d.json".formatted(i), "1"));
        var dockerfile = "FROM x\n"
                + IntStream.range(0, 60)
                        .mapToObj("COPY p/%d.json /\n"::formatted)
                        .collect(Collectors.joining());
        var recipe = recipe("Dockerfile", "bin");
        assertThat(names(recipe, files, dockerfile)).hasSize(44).contains("p/39.json", FileInputs.OTHERS);
        assertThat(Moved.between(
                        inputs(recipe, files, dockerfile), inputs(recipe, with(files, "p/59.json"), dockerfile)))
                .extracting(Moved::name)
                .containsExactly(FileInputs.OTHERS);
        var all =
                FileInputs.of(recipe, selections(files), Optional.of(ReaderProgram.reads(recipe.request(dockerfile))));
        assertThat(new InputFiles().selects(recipe, all, FileInputs.OTHERS, "p/59.json", false))
                .as("a plan names the file")
                .isTrue();
    }

    @Test
    void aPathThatAStatusCannotHoldCountsAllTheSame() {
        var longest = "d/".repeat(300) + "x";
        var files = new TreeMap<>(FILES);
        files.put(longest, "1");
        files.put("\u0007bell", "1");
        var dockerfile = "FROM x\nCOPY %s /\nCOPY \u0007bell /".formatted(longest);
        assertThat(names(recipe("Dockerfile"), files, dockerfile))
                .contains(FileInputs.OTHERS)
                .doesNotContain(longest);
        for (var changed : List.of(longest, "\u0007bell")) {
            assertThat(inputs(recipe("Dockerfile"), with(files, changed), dockerfile))
                    .isNotEqualTo(inputs(recipe("Dockerfile"), files, dockerfile));
        }
    }

    @Test
    void aNameWithALineBreakIsSelectedAsAnyOther() {
        var files = with(FILES, "bin/a\nb");
        for (var copy : List.of("COPY . /", "COPY bin /", "COPY bin/* /")) {
            assertThat(inputs(recipe("Dockerfile"), with(files, "bin/a\nb"), "FROM x\n" + copy))
                    .as(copy)
                    .isNotEqualTo(inputs(recipe("Dockerfile"), files, "FROM x\n" + copy));
        }
    }

    @Test
    void namesOfAnyEncodingStayDifferent() {
        var latin1 = "\uDCE9.txt"; // a lone surrogate stands for a byte that is not UTF-8
        var other = "\uDCE8.txt";
        for (var copy : List.of("COPY . /", "COPY ?.txt /", "COPY \uFFFD.txt /")) {
            assertThat(inputs(recipe("Dockerfile"), with(FILES, latin1), "FROM x\n" + copy))
                    .as(copy)
                    .isNotEqualTo(inputs(recipe("Dockerfile"), with(FILES, other), "FROM x\n" + copy));
        }
    }

    private static Arguments row(String what, String copy, String changed, boolean moves) {
        return arguments(what, copy, changed, moves);
    }

    private static FileRecipe recipe(String dockerfile, String... inputs) {
        return new FileRecipe(List.of(inputs), dockerfile, ".", List.of());
    }

    private static Selections selections(Map<String, String> files) {
        return new Selections("c0".repeat(20), SourceTree.of(files));
    }

    private static List<Input> inputs(FileRecipe recipe, Map<String, String> files, String dockerfile) {
        return inputs(recipe, files, Optional.of(dockerfile));
    }

    private static List<Input> inputs(FileRecipe recipe, Map<String, String> files, Optional<String> dockerfile) {
        var reads = dockerfile.map(text -> ReaderProgram.reads(recipe.request(text)));
        return FileInputs.of(recipe, selections(files), reads).inputs();
    }

    private static List<String> names(FileRecipe recipe, Map<String, String> files, String dockerfile) {
        return names(recipe, files, Optional.of(dockerfile));
    }

    private static List<String> names(FileRecipe recipe, Map<String, String> files, Optional<String> dockerfile) {
        return inputs(recipe, files, dockerfile).stream().map(Input::name).toList();
    }

    /** The same with another content of that file. */
    private static Map<String, String> with(Map<String, String> files, String changed) {
        var then = new TreeMap<>(files);
        then.merge(changed, "1", (old, _) -> old + "2");
        return then;
    }
}
