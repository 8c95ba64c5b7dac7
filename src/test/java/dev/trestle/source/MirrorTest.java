package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.source.GitReader.Unreadable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads a repository as a server gives it. */
class MirrorTest {
    private final Path folder;
    private final Git server;
    private final JGitReader reader;
    private final String url;

    MirrorTest(@TempDir Path folder) throws GitAPIException, IOException {
        this.folder = folder;
        server = Git.init()
                .setDirectory(folder.resolve("server").toFile())
                .setInitialBranch("main")
                .call();
        serving("allowFilter", true);
        serving("allowAnySHA1InWant", true);
        reader = new JGitReader(folder.resolve("mirrors"), Limits.USUAL, GitServer.anywhere());
        url = folder.resolve("server/.git").toUri().toString();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest(name = "a server that leaves contents out: {0}")
    @ValueSource(booleans = {true, false})
    void theFilesOfACommit(boolean filters) throws Exception {
        serving("allowFilter", filters);
        var commit = commit("Dockerfile", "FROM scratch", "backend/run.sh", "#!/bin/sh");

        var tree = reader.treeOf(url, commit);

        assertThat(tree.files()).containsOnlyKeys("Dockerfile", "backend/run.sh");
        assertThat(tree.objectId("Dockerfile")).hasValue(blob("Dockerfile"));
        assertThat(tree.objectId("backend/run.sh")).hasValue("100755:" + blob("backend/run.sh"));
        assertThat(reader.textOf(url, tree.objectId("Dockerfile").orElseThrow()))
                .hasValue("FROM scratch");
        assertThat(reader.textOf(url, tree.objectId("backend/run.sh").orElseThrow()))
                .hasValue("#!/bin/sh");
    }

    @Test
    void theNextCommitIsReadToo() throws Exception {
        var first = commit("Dockerfile", "FROM scratch");
        reader.treeOf(url, first);
        var second = commit("Dockerfile", "FROM debian", "go.mod", "module x");

        assertThat(reader.commitsOf(url, Set.of("refs/heads/main", "refs/heads/none")))
                .isEqualTo(Map.of("refs/heads/main", second));
        var tree = reader.treeOf(url, second);
        assertThat(tree.files()).containsOnlyKeys("Dockerfile", "go.mod");
        assertThat(reader.textOf(url, tree.objectId("Dockerfile").orElseThrow()))
                .hasValue("FROM debian");
        assertThat(reader.treeOf(url, first).files()).containsOnlyKeys("Dockerfile");
    }

    @Test
    void contentsAreLeftOnTheServer() throws Exception {
        var commit = commit("Dockerfile", "FROM scratch", "model.bin", "0".repeat(1000));
        reader.treeOf(url, commit);

        try (var mirror = Git.open(mirror("trees"))) {
            assertThat(mirror.getRepository().getObjectDatabase().has(ObjectId.fromString(blob("model.bin"))))
                    .isFalse();
        }
    }

    @Test
    void aRewrittenBranchIsReadAsItIs() throws Exception {
        var first = commit("Dockerfile", "FROM scratch");
        reader.treeOf(url, first);
        server.reset().setRef(first).call();
        server.checkout().setOrphan(true).setName("other").call();
        var other = commit("Other", "text");

        assertThat(reader.treeOf(url, other).files()).containsKeys("Other");
    }

    @Test
    void aServerThatLearnsToLeaveContentsOutOrForgetsItIsReadOn() throws Exception {
        for (var filters : List.of(true, false, true)) {
            serving("allowFilter", filters);
            var commit = commit("Dockerfile", "FROM scratch", "switched.txt", "filters: " + filters);

            assertThat(reader.treeOf(url, commit).objectId("switched.txt")).hasValue(blob("switched.txt"));
        }
    }

    @Test
    void aMirrorThatLacksWhatItSaysItHasIsMadeAnew() throws Exception {
        var forgetful = new JGitReader(
                folder.resolve("mirrors"), Limits.USUAL, GitServer.anywhere(), new ByteBudget(0, 1 << 20, 1 << 20), 0);
        forgetful.treeOf(url, commit("Dockerfile", "FROM scratch", "src/main.c", "int main;"));
        var first = packs();
        forgetful.treeOf(url, commit("Dockerfile", "FROM debian"));
        for (var pack : first) {
            Files.delete(pack);
        }
        var next = commit("Dockerfile", "FROM ubuntu");

        assertThatThrownBy(() -> forgetful.treeOf(url, next)).isInstanceOf(Unreadable.class);
        assertThat(forgetful.treeOf(url, next).files()).containsOnlyKeys("Dockerfile", "src/main.c");
    }

    private List<Path> packs() throws IOException {
        try (var packs = Files.list(mirror("trees").toPath().resolve("objects/pack"))) {
            return packs.toList();
        }
    }

    @Test
    void whatNobodyNeedsIsDeleted() throws Exception {
        reader.treeOf(url, commit("Dockerfile", "FROM scratch"));
        reader.forget(url);

        assertThat(folder.resolve("mirrors")).isDirectoryNotContaining("glob:**.git/trees");
    }

    @Test
    void anOperatorBeginsWithoutTheMirrorsOfTheLast() throws Exception {
        reader.treeOf(url, commit("Dockerfile", "FROM scratch"));
        var other = Files.writeString(folder.resolve("mirrors/notes.txt"), "not a mirror");
        var _ = new JGitReader(folder.resolve("mirrors"), Limits.USUAL, GitServer.anywhere());

        assertThat(folder.resolve("mirrors")).isDirectoryContaining(other::equals);
        assertThat(folder.resolve("mirrors")).isDirectoryNotContaining("glob:**.git");
    }

    @Test
    void aMirrorThatIsGoneIsMadeAnew() throws Exception {
        var commit = commit("Dockerfile", "FROM scratch");
        reader.treeOf(url, commit);
        FileUtils.delete(folder.resolve("mirrors").toFile(), FileUtils.RECURSIVE);

        assertThat(reader.treeOf(url, commit).files()).containsOnlyKeys("Dockerfile");
    }

    @Test
    void mirrorsDoNotGrowForEver() throws Exception {
        for (var i = 0; i < 60; i++) {
            var commit = commit("Dockerfile", "FROM image:" + i);
            var tree = reader.treeOf(url, commit);
            assertThat(reader.textOf(url, tree.objectId("Dockerfile").orElseThrow()))
                    .hasValue("FROM image:" + i);
        }
        for (var part : new String[] {"trees", "texts"}) {
            try (var packs = Files.list(mirror(part).toPath().resolve("objects/pack"))) {
                assertThat(packs.filter(file -> file.toString().endsWith(".pack")))
                        .hasSizeLessThanOrEqualTo(51);
            }
        }
    }

    @Test
    void aCommitThatDoesNotExistIsUnreadable() {
        assertThatThrownBy(() -> reader.treeOf(url, "ab".repeat(20)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("ab".repeat(20));
    }

    @Test
    void aFileThatIsTooLongToBeADockerfileHasNoText() throws Exception {
        var commit = commit("Dockerfile", "x".repeat(300_000));
        var tree = reader.treeOf(url, commit);

        assertThat(reader.textOf(url, tree.objectId("Dockerfile").orElseThrow()))
                .isEmpty();
    }

    private File mirror(String part) throws IOException {
        try (var mirrors = Files.list(folder.resolve("mirrors"))) {
            return mirrors.findFirst().orElseThrow().resolve(part).toFile();
        }
    }

    private void serving(String option, boolean value) throws IOException {
        var config = server.getRepository().getConfig();
        config.setBoolean("uploadpack", null, option, value);
        config.save();
    }

    private String commit(String... pathsAndTexts) throws GitAPIException, IOException {
        for (var i = 0; i < pathsAndTexts.length; i += 2) {
            var file = folder.resolve("server").resolve(pathsAndTexts[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, pathsAndTexts[i + 1]);
            assertThat(!pathsAndTexts[i].endsWith(".sh") || file.toFile().setExecutable(true))
                    .isTrue();
        }
        server.add().addFilepattern(".").call();
        return server.commit()
                .setMessage("a commit")
                .setAuthor("a", "a@example.org")
                .setCommitter("a", "a@example.org")
                .setSign(false)
                .call()
                .name();
    }

    private String blob(String path) throws IOException {
        return Objects.requireNonNull(server.getRepository().resolve("HEAD:" + path))
                .name();
    }
}
