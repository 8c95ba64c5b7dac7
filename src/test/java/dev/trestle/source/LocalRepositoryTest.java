package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.source.LocalRepository.Commit;
import dev.trestle.source.LocalRepository.Unreadable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryTest {
    private static final String ELSEWHERE = "12".repeat(20);

    private final Path clone;
    private final Git git;

    LocalRepositoryTest(@TempDir Path folder) throws Exception {
        clone = folder.resolve("clone");
        git = Git.init().setDirectory(clone.toFile()).setInitialBranch("main").call();
        write("app/main.go", "package main");
        write("run.sh", "#!/bin/sh");
        assertThat(clone.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(clone.resolve("link"), Path.of("app/main.go"));
        git.add().addFilepattern(".").call();
        addSubmodule("third/party");
        git.commit().setMessage("first\n\nand more").setSign(false).call();
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void aTreeHasEveryFileWithItsMode() throws Exception {
        try (var repository = LocalRepository.open(clone)) {
            var files = repository.tree(repository.commit("HEAD")).files();

            assertThat(files).containsOnlyKeys("app/main.go", "link", "run.sh", "third/party");
            assertThat(files.get("app/main.go")).isEqualTo(blob("app/main.go"));
            assertThat(files.get("run.sh")).isEqualTo("100755:" + blob("run.sh"));
            assertThat(files.get("link")).isEqualTo("120000:" + blob("link"));
            assertThat(files.get("third/party")).isEqualTo("160000:" + ELSEWHERE);
        }
    }

    @Test
    void theTextOfAFileWhateverItsMode() throws Exception {
        try (var repository = LocalRepository.open(clone)) {
            assertThat(repository.text(blob("app/main.go"))).hasValue("package main");
            assertThat(repository.text("100755:" + blob("run.sh"))).hasValue("#!/bin/sh");
        }
    }

    @Test
    void whatIsNotCommittedIsNotSeen() throws Exception {
        write("new.go", "package new");
        try (var repository = LocalRepository.open(clone)) {
            assertThat(repository.tree(repository.commit("main")).files()).doesNotContainKey("new.go");
        }
    }

    @Test
    void aFolderOfTheWorkTreeAndABareRepositoryWillDo(@TempDir Path folder) throws Exception {
        var bare = folder.resolve("bare");
        Git.cloneRepository()
                .setURI(clone.toUri().toString())
                .setBare(true)
                .setDirectory(bare.toFile())
                .call()
                .close();
        for (var place : new Path[] {clone.resolve("app"), clone.resolve(".git"), bare}) {
            try (var repository = LocalRepository.open(place)) {
                assertThat(repository.commit("HEAD").subject()).isEqualTo("first");
            }
        }
    }

    @Test
    void stepsAreTheFirstParentsOldestFirst() throws Exception {
        commit("second");
        commit("third");
        try (var repository = LocalRepository.open(clone)) {
            assertThat(repository.steps(repository.commit("HEAD~2"), repository.commit("HEAD")))
                    .extracting(Commit::subject)
                    .containsExactly("first", "second", "third");
            assertThatThrownBy(() -> repository.steps(repository.commit("HEAD"), repository.commit("HEAD~1")))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("is not among the first parents");
        }
    }

    @Test
    void anUnknownRevisionSaysHowToGetIt() throws Exception {
        try (var repository = LocalRepository.open(clone)) {
            for (var revision : new String[] {"nope", "99".repeat(20), "HEAD~7", "a..b"}) {
                assertThatThrownBy(() -> repository.commit(revision))
                        .isInstanceOf(Unreadable.class)
                        .hasMessage(
                                "Repository '%s' has no revision '%s'. Name a branch, a tag or a commit that it has; those of its server come with: git -C '%s' fetch"
                                        .formatted(clone, revision, clone));
            }
        }
    }

    @Test
    void aShallowCloneSaysHowToGetTheRest(@TempDir Path folder) throws Exception {
        git.commit().setMessage("second").setSign(false).call();
        var shallow = folder.resolve("shallow");
        Git.cloneRepository()
                .setURI(clone.toUri().toString())
                .setDirectory(shallow.toFile())
                .setDepth(1)
                .call()
                .close();
        try (var repository = LocalRepository.open(shallow)) {
            assertThatThrownBy(() -> repository.commit("HEAD~1"))
                    .isInstanceOf(Unreadable.class)
                    .hasMessage(
                            "Repository '%s' has no revision 'HEAD~1'. The clone has a part of the history alone. Fetch the rest: git -C '%s' fetch --unshallow"
                                    .formatted(shallow, shallow));
        }
    }

    @Test
    void anAtSignIsTheHead() throws Exception {
        git.commit().setMessage("second").setSign(false).call();
        try (var repository = LocalRepository.open(clone)) {
            assertThat(repository.commit("@")).isEqualTo(repository.commit("HEAD"));
            assertThat(repository.commit("@~1")).isEqualTo(repository.commit("HEAD~1"));
        }
    }

    @Test
    void aRepositoryOfSha256IsNotSupported() throws Exception {
        var config = git.getRepository().getConfig();
        config.setInt("core", null, "repositoryformatversion", 1);
        config.setString("extensions", null, "objectFormat", "sha256");
        config.save();

        assertThatThrownBy(() -> LocalRepository.open(clone))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("object ids are SHA-256");
    }

    @Test
    void aFolderWithoutARepositoryIsRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> LocalRepository.open(empty))
                .isInstanceOf(Unreadable.class)
                .hasMessage("'%s' is no git repository. Give a clone's folder.".formatted(empty));
    }

    private void write(String path, String text) throws Exception {
        Files.createDirectories(clone.resolve(path).getParent());
        Files.writeString(clone.resolve(path), text);
    }

    private void commit(String message) throws Exception {
        git.commit().setMessage(message).setAllowEmpty(true).setSign(false).call();
    }

    private String blob(String path) throws Exception {
        var id = git.getRepository().resolve("HEAD:" + path);
        return Objects.requireNonNull(id).name();
    }

    private void addSubmodule(String path) throws Exception {
        var index = git.getRepository().lockDirCache();
        var builder = index.builder();
        builder.keep(0, index.getEntryCount());
        var entry = new DirCacheEntry(path);
        entry.setFileMode(FileMode.GITLINK);
        entry.setObjectId(ObjectId.fromString(ELSEWHERE));
        builder.add(entry);
        builder.finish();
        assertThat(builder.commit()).isTrue();
    }
}
