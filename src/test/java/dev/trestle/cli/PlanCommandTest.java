package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.dockerfile.ReaderProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Plans on a real repository: two images, one of them on a claimed base. */
class PlanCommandTest {
    private static final String SPECS = """
            apiVersion: trestle.dev/v1alpha1
            kind: BackendBuild
            metadata: {name: echo}
            spec:
              source: {git: {url: https://git.example/a.git, ref: refs/heads/main, inputs: ["echo/**", "!**/*.md"]}}
              legs: [{platform: linux/arm64}, {platform: linux/amd64}, {platform: darwin/arm64, external: true}]
              image: {repositories: [quay.io/acme/echo], tags: [latest]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: other}
            ---
            apiVersion: trestle.dev/v1alpha1
            kind: BackendBuild
            metadata: {name: speech}
            spec:
              source: {git: {url: https://git.example/a.git, ref: refs/heads/main, inputs: ["speech/**"]}}
              base:
                arg: BASE
                claim: {name: python, dockerfile: Dockerfile.python, inputs: [base.sh], repositories: [quay.io/acme/b]}
              legs: [{platform: linux/amd64}]
              image: {repositories: [quay.io/acme/speech], tags: [latest]}
            """;

    private final Path repository;
    private final Path specs;
    private final Git git;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    PlanCommandTest(@TempDir Path folder) throws Exception {
        repository = folder.resolve("clone");
        specs = Files.writeString(folder.resolve("builds.yaml"), SPECS);
        git = Git.init()
                .setDirectory(repository.toFile())
                .setInitialBranch("main")
                .call();
        commit("first", "Dockerfile", "echo/main.go", "speech/app.py", "base.sh", "Dockerfile.python");
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void theJsonHasLegsReasonsAndWhatNobodyClaims() throws Exception {
        commit("second", "echo/main.go", "echo/README.md", "base.sh");

        assertThat(plan("--from", "HEAD~1", "--json")).isZero();

        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.fieldNames()).toIterable().containsExactly("selected", "unclaimed", "bases", "warnings");
        assertThat(legs(json, "selected", "build"))
                .containsExactly("echo linux/amd64", "echo linux/arm64", "speech linux/amd64");
        assertThat(legs(json, "bases", "base")).containsExactly("python linux/amd64");
        assertThat(json.at("/unclaimed")).extracting(JsonNode::asText).containsExactly("echo/README.md");
        assertThat(json.at("/selected/0/reasons/0").fieldNames()).toIterable().containsExactly("input", "old", "new");
        assertThat(json.at("/selected/0/reasons/0/input").asText()).isEqualTo("Source echo/**");
        assertThat(json.at("/selected/2/reasons/0/input").asText()).isEqualTo("Base python");
        assertThat(json.at("/bases/0/reasons/0/input").asText()).isEqualTo("Source base.sh");
    }

    @Test
    void theTextNamesTheFilesAndWhatIsBuiltElsewhere() throws Exception {
        commit("second", "echo/a", "echo/b", "echo/c", "echo/d", "docs/x");

        assertThat(plan("--from", "HEAD~1")).isZero();

        assertThat(out.toString())
                .contains("echo (linux/amd64, linux/arm64)")
                .contains(": echo/a, echo/b, echo/c and 1 more")
                .contains("No build and no base is made of: docs/x")
                .contains("2 legs of 1 build would be built, of 3 legs of 2 builds; and 0 legs of 0 bases.")
                .contains("1 external leg moved too, built elsewhere: echo.");
        assertThat(err.toString()).contains("Note: 1 of kind 'ConfigMap' ignored.");
    }

    @Test
    void filesOfGitLfsAreNamed() throws Exception {
        Files.writeString(repository.resolve(".gitattributes"), "*.sh filter=lfs\n");
        commit("second", "base.sh");

        assertThat(plan("--from", "HEAD~1")).isZero();
        assertThat(out.toString()).contains("Warning: python: 'base.sh' is kept in Git LFS");
    }

    @Test
    void buildsOfReleasesAreLeftOut() throws Exception {
        Files.writeString(specs, SPECS.replace("refs/heads/main, inputs: [\"speech/**\"]", "'refs/tags/v*'"));
        commit("second", "speech/app.py");

        assertThat(plan("--from", "HEAD~1")).isZero();
        assertThat(out.toString()).contains("0 legs of 0 builds would be built", "of 1 builds");
        assertThat(err.toString()).contains("Note: 1 builds of releases left out; a tag builds them, no commit.");
    }

    @Test
    void nothingToBuildIsNoError() throws Exception {
        commit("second", "docs/x");

        assertThat(plan("--from", "HEAD~1")).isZero();
        assertThat(out.toString()).contains("0 legs of 0 builds would be built");
    }

    @Test
    void eachCommitIsPlannedAgainstItsParent() throws Exception {
        commit("second", "echo/main.go");
        commit("third", "speech/app.py");

        assertThat(plan("--from", "HEAD~2", "--each", "--json")).isZero();

        assertThat(out.toString()
                        .lines()
                        .map(PlanCommandTest::read)
                        .map(json -> json.path("subject").asText() + ": " + legs(json, "selected", "build")))
                .containsExactly("second: [echo linux/amd64, echo linux/arm64]", "third: [speech linux/amd64]");
    }

    @Test
    void specsThatHaveChangedAreCompared(@TempDir Path folder) throws Exception {
        var before = Files.writeString(folder.resolve("before.yaml"), SPECS.replace("Dockerfile.python", "Dockerfile"));

        assertThat(plan("--from", "HEAD", "--before", before.toString(), "--json"))
                .isZero();

        assertThat(legs(read(out.toString()), "selected", "build")).containsExactly("speech linux/amd64");
    }

    @Test
    void anUnknownRevisionIsWrongUsage() {
        assertThat(plan("--from", "nope")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "has no revision 'nope'. Name a branch, a tag or a commit that it has; those of its server come with: git -C '%s' fetch"
                                .formatted(repository));
    }

    @Test
    void filesWithoutABuildAreWrongUsage(@TempDir Path empty) throws Exception {
        Files.writeString(empty.resolve("broken.yaml"), "a: [");

        assertThat(plan("--from", "HEAD", "-f", empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("broken.yaml' is no valid YAML");
    }

    @Test
    void aFieldThatThereIsNotIsWrongUsage() throws Exception {
        assertRefused(
                "inputs: [\"speech/**\"]", "input: [\"speech/**\"]", "'speech' has a field 'spec.source.git.input'");
        assertRefused("darwin/arm64,", "darwin/arm64, poool: x,", "'echo' has a field 'spec.legs[2].poool'");
        assertRefused(
                "{name: python,", "{name: &name python, arg: *name,", "the alias '*name' is not followed. Write out");
        assertRefused("source: {git: {url", "source: {hg: {url", "has no 'spec.source.git.url'");
    }

    @Test
    void aFieldThatIsEmptyIsThere() throws Exception {
        Files.writeString(
                specs,
                SPECS.replace("inputs: [\"speech/**\"]}}", "inputs: []}}\n  context: ''\n  refresh: {}\n  target: ~"));
        assertThat(plan("--from", "HEAD")).isZero();
    }

    private void assertRefused(String right, String wrong, String told) throws Exception {
        assertThat(SPECS).contains(right);
        Files.writeString(specs, SPECS.replace(right, wrong));
        assertThat(plan("--from", "HEAD")).as(wrong).isEqualTo(2);
        assertThat(err.toString()).contains(told);
    }

    private int plan(String... arguments) {
        var given =
                Stream.of(arguments).anyMatch("-f"::equals) ? Stream.<String>of() : Stream.of("-f", specs.toString());
        return new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.of(
                                Stream.of(
                                        "--repo",
                                        repository.toString(),
                                        "--dockerfile-reader",
                                        ReaderProgram.path().toString()),
                                given,
                                Stream.of(arguments))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    private void commit(String message, String... paths) throws Exception {
        for (var path : paths) {
            Files.createDirectories(repository.resolve(path).getParent());
            var text = message + " of " + path;
            Files.writeString(
                    repository.resolve(path),
                    path.startsWith("Dockerfile") ? "FROM scratch\n# %s\n".formatted(text) : text);
        }
        git.add().addFilepattern(".").call();
        git.commit().setMessage(message).setSign(false).call();
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<String> legs(JsonNode plan, String list, String kind) {
        return plan.path(list)
                .valueStream()
                .map(leg -> leg.path(kind).asText() + " " + leg.path("platform").asText())
                .toList();
    }
}
