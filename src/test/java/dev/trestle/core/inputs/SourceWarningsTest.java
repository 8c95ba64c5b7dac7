package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.Reason;
import dev.trestle.dockerfile.ReaderProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourceWarningsTest {
    private static final Map<String, String> FILES = Map.of(
            "Dockerfile", "1",
            "app/model.bin", "1",
            "app/deep/model.onnx", "1",
            "app/main.py", "1",
            "docs/x.pdf", "1",
            ".gitattributes", "1",
            "app/.gitattributes", "1");

    static Stream<Arguments> largeFiles() {
        return Stream.of(
                large(
                        "a name in any folder",
                        "*.bin filter=lfs diff=lfs merge=lfs -text",
                        "COPY app /",
                        "app/model.bin"),
                large("a path from the top", "/app/** filter=lfs", "COPY app/main.py /", "app/main.py"),
                large("a glob that selects it", "*.onnx filter=lfs", "COPY app/*/*.onnx /", "app/deep/model.onnx"),
                large("of a macro", "[attr]big filter=lfs\n*.bin big", "COPY . /", "app/model.bin"),
                large("a class of characters", "*.[bB][iI][nN] filter=lfs", "COPY app /", "app/model.bin"),
                large("a file that is not copied", "*.pdf filter=lfs", "COPY app /", ""),
                large("taken back by a later line", "*.bin filter=lfs\n*.bin !filter", "COPY app /", ""),
                large("of another attribute", "*.bin filter=lfs\n*.bin -text", "COPY app /", "app/model.bin"),
                large("another filter", "*.bin filter=crypt", "COPY app /", ""),
                large("a comment", "# *.bin filter=lfs", "COPY app /", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeFiles")
    void aFileOfGitLfsIsNamed(String what, String attributes, String copy, String file) {
        var warnings = warnings(FILES, copy, Map.of(".gitattributes", attributes));
        if (file.isEmpty()) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().satisfies(warning -> {
                assertThat(warning.reason()).isEqualTo(Reason.LfsPointers);
                assertThat(warning.message()).startsWith("'%s' is kept in Git LFS".formatted(file));
            });
        }
    }

    static Stream<Arguments> ignoreFiles() {
        return Stream.of(
                arguments("COPY . /", ".dockerignore", true),
                arguments("COPY . /", "Dockerfile.dockerignore", true),
                arguments("COPY app /", ".dockerignore", false),
                arguments("COPY . /", "docs/.dockerignore", false));
    }

    @ParameterizedTest
    @MethodSource("ignoreFiles")
    void anIgnoreFileWithoutEffectIsNamed(String copy, String path, boolean told) {
        var files = new java.util.TreeMap<>(FILES);
        files.put(path, "1");
        assertThat(warnings(files, copy, Map.of()))
                .extracting(SourceWarning::reason)
                .isEqualTo(told ? List.of(Reason.IgnoreFileUnused) : List.of());
    }

    private static Arguments large(String what, String attributes, String copy, String file) {
        return arguments(what, attributes, copy, file);
    }

    private static List<SourceWarning> warnings(
            Map<String, String> files, String copy, Map<String, String> attributes) {
        var recipe = new FileRecipe(List.of(), "Dockerfile", ".", List.of());
        var selections = new Selections("c0".repeat(20), SourceTree.of(files), attributes);
        return FileInputs.of(recipe, selections, Optional.of(ReaderProgram.reads(recipe.request("FROM x\n" + copy))))
                .warnings();
    }
}
