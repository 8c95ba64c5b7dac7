package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Input;
import dev.trestle.dockerfile.ReaderProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileInputsTest {
    private static final Map<String, String> FILES = Map.of(
            "Dockerfile", "d0".repeat(20),
            "README.md", "e0".repeat(20),
            "backend/go/main.go", "a1".repeat(20),
            "backend/go/README.md", "a2".repeat(20),
            "backend/run.sh", "100755:" + "b1".repeat(20));

    @Test
    void withoutADeclarationTheWholeContextIsAnInput() {
        var all = "FROM x\nCOPY . /";
        assertThat(names(recipe("."), FILES, all)).containsExactly("Dockerfile", ".");
        assertThat(names(recipe("backend"), FILES, all)).containsExactly("Dockerfile", "backend");
    }

    @Test
    void declaredPathsAndTheDockerfileAreInputs() {
        assertThat(names(recipe(".", "backend/go/**", "!**/*.md"), FILES))
                .containsExactly("backend/go/**", "Dockerfile");
    }

    @Test
    void aChangedFileMovesWhatSelectsIt() {
        var recipe = recipe(".", "backend/go/**", "backend/run.sh");
        var changed = with(FILES, "backend/go/main.go", "ff".repeat(20));
        assertThat(Moved.between(inputs(recipe, FILES), inputs(recipe, changed)))
                .extracting(Moved::name)
                .containsExactly("backend/go/**");
    }

    @Test
    void aFileThatIsTakenOutMovesNothing() {
        var recipe = recipe(".", "backend/go/**", "!**/*.md");
        var changed = with(FILES, "backend/go/README.md", "ff".repeat(20));
        assertThat(inputs(recipe, changed)).isEqualTo(inputs(recipe, FILES));
    }

    @Test
    void aFileThatMovesElsewhereMovesItsGlob() {
        var recipe = recipe(".", "backend/go/**");
        var moved = without(with(FILES, "backend/go/cmd.go", "a1".repeat(20)), "backend/go/main.go");
        assertThat(inputs(recipe, moved)).isNotEqualTo(inputs(recipe, FILES));
    }

    @Test
    void aFileThatBecomesExecutableIsAnotherInput() {
        var recipe = recipe(".", "backend/go/main.go");
        var executable = with(FILES, "backend/go/main.go", "100755:" + "a1".repeat(20));
        assertThat(inputs(recipe, executable)).isNotEqualTo(inputs(recipe, FILES));
    }

    @Test
    void nothingTakesOutTheDockerfile() {
        var recipe = recipe(".", "backend/**", "!Dockerfile");
        assertThat(inputs(recipe, with(FILES, "Dockerfile", "ff".repeat(20)))).isNotEqualTo(inputs(recipe, FILES));
    }

    @Test
    void dockerignoreIsNoInputSinceBuildKitReadsItOfLocalContextsOnly() {
        var files = with(with(FILES, ".dockerignore", "c0".repeat(20)), "Dockerfile.dockerignore", "c0".repeat(20));
        assertThat(names(recipe(".", "backend/**"), files)).containsExactly("backend/**", "Dockerfile");
    }

    @Test
    void whatSelectsNothingIsToldAsNothing() {
        assertThat(inputs(recipe(".", "backend/rust/**"), FILES))
                .extracting(Input::value)
                .containsExactly(FileInputs.NOTHING, "d0".repeat(20));
    }

    @Test
    void withoutADeclarationWhatTheDockerfileNamesIsAnInput() {
        assertThat(names(recipe("."), FILES, "FROM x\nCOPY README.md /\nCOPY backend /b"))
                .containsExactly("Dockerfile", "README.md", "backend");
        assertThat(names(recipe("."), FILES, "FROM x\nCOPY . /")).containsExactly("Dockerfile", ".");
    }

    @Test
    void beyondADeclarationOnlyParticularPathsAreInputs() {
        assertThat(names(recipe(".", "backend/go/**"), FILES, "FROM x\nCOPY backend/run.sh /\nCOPY . /b"))
                .containsExactly("backend/go/**", "Dockerfile", "backend/run.sh");
        assertThat(names(recipe("backend/", "backend/go/**"), FILES, "FROM x\nCOPY . /b"))
                .containsExactly("backend/go/**", "Dockerfile");
    }

    @Test
    void aFolderThatIsDeclaredAndCopiedIsOneInput() {
        assertThat(names(recipe(".", "backend/**"), FILES, "FROM x\nCOPY backend /b"))
                .containsExactly("backend/**", "Dockerfile");
    }

    @Test
    void pathsOfTheDockerfileAreRelativeToTheContext() {
        assertThat(names(recipe("backend"), FILES, "FROM x\nCOPY run.sh /"))
                .containsExactly("Dockerfile", "backend/run.sh");
    }

    @Test
    void aFolderThatACopiedGlobSelectsIsCopiedWhole() {
        assertThat(names(recipe("."), FILES, "FROM x\nCOPY back* /\nCOPY READ* /"))
                .containsExactly("Dockerfile", "back*", "back*/**", "READ*");
    }

    @Test
    void pathsMayBeginWithADot() {
        var recipe = new FileRecipe(List.of("backend/**"), "./backend//Dockerfile", "./", List.of());
        assertThat(names(recipe, with(FILES, ".dockerignore", "c0".repeat(20)), "FROM x\nCOPY ./README.md /"))
                .containsExactly("backend/**", "backend/Dockerfile", "README.md");
    }

    @Test
    void whatStandsBehindALinkMayBeAnywhere() {
        var link = "120000:" + "c0".repeat(20);
        assertThat(names(recipe(".", "backend/**"), with(FILES, "Dockerfile", link), "docker/Dockerfile.real"))
                .containsExactly("backend/**", "Dockerfile", ".");
        assertThat(names(recipe(".", "backend/**"), with(FILES, "lib", link), "FROM x\nCOPY lib/go /"))
                .containsExactly("backend/**", "Dockerfile", "lib/go", ".");
        assertThat(names(recipe(".", "backend/**"), with(FILES, "lib", link), "FROM x\nCOPY README.md /"))
                .as("a link that nobody goes through")
                .containsExactly("backend/**", "Dockerfile", "README.md");
    }

    @Test
    void aSubmodulesCommitIsPartOfWhatIsSelectedWithinIt() {
        var files = with(FILES, "third/sub", "160000:" + "c0".repeat(20));
        for (var input : List.of("third/sub/**", "third/sub/src", "third/*/src/*.c")) {
            assertThat(inputs(recipe(".", input), with(files, "third/sub", "160000:" + "c1".repeat(20))))
                    .as(input)
                    .isNotEqualTo(inputs(recipe(".", input), files));
        }
    }

    private static FileRecipe recipe(String context, String... inputs) {
        return new FileRecipe(List.of(inputs), "Dockerfile", context, List.of());
    }

    private static List<Input> inputs(FileRecipe recipe, Map<String, String> files) {
        return inputs(recipe, files, "FROM x");
    }

    private static List<String> names(FileRecipe recipe, Map<String, String> files) {
        return inputs(recipe, files).stream().map(Input::name).toList();
    }

    private static List<String> names(FileRecipe recipe, Map<String, String> files, String dockerfile) {
        return inputs(recipe, files, dockerfile).stream().map(Input::name).toList();
    }

    private static List<Input> inputs(FileRecipe recipe, Map<String, String> files, String dockerfile) {
        return FileInputs.of(
                        recipe,
                        new Selections("c0".repeat(20), SourceTree.of(files)),
                        Optional.of(ReaderProgram.reads(recipe.request(dockerfile))))
                .inputs();
    }

    private static Map<String, String> with(Map<String, String> files, String path, String id) {
        var changed = new java.util.HashMap<>(files);
        changed.put(path, id);
        return changed;
    }

    private static Map<String, String> without(Map<String, String> files, String path) {
        var changed = new java.util.HashMap<>(files);
        changed.remove(path);
        return changed;
    }
}
