package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.matrix.Mapping;
import dev.trestle.core.matrix.MatrixImport;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportCommandTest {
    private static final Path GIVEN = Path.of("src", "test", "resources", "matrix");
    private static final String MATRIX = GIVEN.resolve("matrix.yaml").toString();
    private static final String MAPPING = GIVEN.resolve("mapping.yaml").toString();

    @TempDir
    Path folder = Path.of("");

    /** {@code mvn test -Dtest=ImportCommandTest -Dupdate=true} writes the files anew; read the difference before it is committed. */
    @ParameterizedTest
    @ValueSource(strings = {"mapping", "prebuilt"})
    void writesTheseFiles(String mapping) throws IOException {
        var golden = GIVEN.resolve("out-" + mapping);
        var out = Boolean.getBoolean("update") ? golden : folder;

        ImportRun.of(MATRIX, "--mapping", GIVEN.resolve(mapping + ".yaml").toString(), "--out", out.toString());

        assertThat(ImportRun.files(out)).isEqualTo(ImportRun.files(golden)).isNotEmpty();
    }

    @Test
    void whatIsWrittenReadsAsTheSameObjects() throws Exception {
        importInto(folder);

        var imported = MatrixImport.of(
                Mapping.read(YamlFile.read(Path.of(MAPPING))), YamlFile.read(Path.of(MATRIX)), Optional.empty());
        for (var build : imported.builds()) {
            assertReadsAs(build, folder);
        }
        for (var release : imported.releases()) {
            assertReadsAs(release, folder.resolve("releases"));
        }
    }

    private static void assertReadsAs(BackendBuild build, Path folder) throws IOException {
        var name = build.getMetadata().getName();
        var read = Serialization.unmarshal(Files.readString(folder.resolve(name + ".yaml")), BackendBuild.class);
        assertThat(read.getSpec()).isEqualTo(build.getSpec());
        assertThat(read.getMetadata().getName()).isEqualTo(name);
    }

    @Test
    void aSecondImportChangesNoByte() throws IOException {
        importInto(folder);
        var first = ImportRun.files(folder);

        importInto(folder);

        assertThat(ImportRun.files(folder)).isEqualTo(first);
    }

    @Test
    void whatIsNoLongerInTheMatrixGoesAndWhatPeopleWroteStays() throws IOException {
        importInto(folder);
        Files.move(folder.resolve("cpu-echo.yaml"), folder.resolve("cpu-gone.yaml"));
        Files.move(folder.resolve("releases/cpu-echo-release.yaml"), folder.resolve("releases/cpu-gone-release.yaml"));
        Files.writeString(folder.resolve("namespace.yaml"), "kind: Namespace\n");

        var run = importInto(folder);

        assertThat(run.out()).contains("removed 2 files");
        assertThat(ImportRun.files(folder))
                .containsKeys("cpu-echo.yaml", "releases/cpu-echo-release.yaml", "namespace.yaml")
                .doesNotContainKeys("cpu-gone.yaml", "releases/cpu-gone-release.yaml");
    }

    @Test
    void aFileThatSomebodyWroteIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("kustomization.yaml"), "namePrefix: mine-\n");

        var run = importInto(folder);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("kustomization.yaml' was not written by 'trestle import'");
        assertThat(ImportRun.files(folder)).containsOnlyKeys("kustomization.yaml");
    }

    @Test
    void aConflictIsAnErrorAfterEverythingIsWritten() throws IOException {
        var matrix = folder.resolve("matrix.yaml");
        Files.writeString(matrix, Files.readString(Path.of(MATRIX)).replace("latest: \"false\"", "platform: x"));
        Files.writeString(matrix, Files.readString(matrix).replaceFirst("runner: hosted-arm", "runner: hosted"));

        var run = ImportRun.of(
                matrix.toString(),
                "--mapping",
                MAPPING,
                "--out",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("Conflicts (1):", "- Collision:", "Warnings (2):", "Column 'platform'", "Column 'version'");
        assertThat(folder.resolve("out").resolve("cpu-greeter.yaml")).exists();
    }

    @Test
    void aRowWithoutARequiredColumnIsLeftOut() throws IOException {
        var run = importOf("  folder: echo\n", "");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("'-cpu-echo'", "'folder'");
        assertThat(folder.resolve("cpu-echo.yaml")).doesNotExist();
    }

    @Test
    void aLegOfAnotherSystemIsLeftOutWhereItIsToBeBuiltHere() throws IOException {
        var run = importOf("platforms: linux/amd64, linux/arm64", "platforms: linux/amd64, windows/amd64");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Left out windows/amd64", "must be one of Linux");
    }

    @Test
    void anAliasIsRefusedByItsLine() throws IOException {
        var run = importOf("folder: echo", "folder: *other");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("line 26: the alias '*other' is not followed");
    }

    @Test
    void whatNobodyExpectedWritesNothingAndSaysSo() {
        var exitCode =
                Main.commandLine().execute("import", MATRIX, "--mapping", MAPPING, "--out", MATRIX + "/below-a-file");

        assertThat(exitCode).isEqualTo(2);
    }

    private ImportRun importOf(String row, String changed) throws IOException {
        var text = Files.readString(Path.of(MATRIX));
        assertThat(text).contains(row);
        var matrix = Files.writeString(folder.resolve("matrix.txt"), text.replace(row, changed));
        return ImportRun.of(matrix.toString(), "--mapping", MAPPING, "--out", folder.toString());
    }

    @Test
    void numbersKeepTheirDigits() throws IOException {
        importInto(folder);

        assertThat(folder.resolve("gpu-greeter.yaml")).content().contains("value: \"12.10\"");
    }

    /** The rules of YAML 1.2, as GitHub has them; a number that differs in digits is reported. */
    @Test
    void aMatrixMeansWhatItMeansInItsCi() throws IOException {
        var matrix = Files.writeString(folder.resolve("matrix.yml"), """
                jobs:
                  build:
                    strategy:
                      matrix:
                        name: [app, tool]
                        flag: [on]
                        include:
                        - {series: 012, number: 1_000, python: 3.10, platforms: linux/amd64}
                """);
        var mapping = Files.writeString(folder.resolve("mapping.yaml"), """
                linux:
                  rows: include
                  columns: {name: null, flag: null, series: null, number: null, python: null, platforms: null}
                  image: ${name}
                  name: ${name}
                  platforms: ${platforms}
                  leg: {platform: "${platform}"}
                  build:
                    source: {git: {url: https://git.example/acme/shop.git, ref: refs/heads/main}}
                    buildArgs:
                    - {name: ON, value: "${flag}"}
                    - {name: SERIES, value: "${series}"}
                    - {name: NUMBER, value: "${number}"}
                    - {name: PYTHON, value: "${python}"}
                    image: {repositories: [registry.example/acme/shop], tags: ["${name}"]}
                """);

        var run = ImportRun.of(
                matrix.toString(),
                "--mapping",
                mapping.toString(),
                "--out",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("2 images with 2 legs", "NumberForm: Column 'python'", "get as '3.1'");
        assertThat(folder.resolve("out").resolve("tool.yaml"))
                .content()
                .containsSubsequence(
                        "name: \"ON\"", "value: \"on\"", "value: \"12\"", "value: \"1_000\"", "value: \"3.10\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"include: [", "include: [{name: a, name: b}]", "[]", "include: {}", "jobs: []", ""})
    void aMatrixThatIsNoneIsRefused(String text) throws IOException {
        var matrix = folder.resolve("matrix.yaml");
        Files.writeString(matrix, text);

        var run = ImportRun.of(
                matrix.toString(),
                "--mapping",
                MAPPING,
                "--out",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("trestle import: ").containsAnyOf("matrix.yaml, line 1: ", "Matrix: ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aPathThatTheRepositoryDoesNotHaveIsToldByName() throws Exception {
        try (var git = Git.init().setDirectory(folder.resolve("repo").toFile()).call()) {
            var file = folder.resolve("repo/backend/golang/greeter/main.go");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "package main\n");
            git.add().addFilepattern(".").call();
            git.commit()
                    .setSign(false)
                    .setMessage("first")
                    .setAuthor("a", "a@example")
                    .setCommitter("a", "a@example")
                    .call();
        }

        var json = ImportRun.json(
                MATRIX,
                "--mapping",
                MAPPING,
                "--out",
                folder.resolve("out").toString(),
                "--repo",
                folder.resolve("repo").toString());

        assertThat(json.path("warnings").findValuesAsText("name"))
                .containsExactly(
                        "version",
                        "backend/Dockerfile.golang",
                        "backend/Dockerfile.python",
                        "backend/python/common/**",
                        "backend/python/echo/**",
                        "bases/Dockerfile.go");
    }

    @Test
    void releasesAreCountedApart() throws IOException {
        var json = ImportRun.json(MATRIX, "--mapping", MAPPING, "--out", folder.toString());

        assertThat(json.path("builds").asInt()).isEqualTo(3);
        assertThat(json.path("releases").asInt()).isEqualTo(4);
    }

    private ImportRun importInto(Path out) {
        return ImportRun.of(MATRIX, "--mapping", MAPPING, "--out", out.toString());
    }
}
