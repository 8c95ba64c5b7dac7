package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit of a commit: what reaches it is read, what is one more is not. */
class TreesTest {
    private static final TreeLimits LIMITS = new TreeLimits(20, 5, 100, 50, 4, 1000, 5000);

    private final TreeWriter writer;
    private final FolderCache cache = new FolderCache(100_000);

    TreesTest(@TempDir Path folder) throws IOException {
        writer = new TreeWriter(folder.resolve("app.git"));
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void files() throws Exception {
        assertThat(read(writer.files(20, 5)).files()).hasSize(20);
        assertRefused(writer.files(21, 4), "it has more than 20 files");
    }

    @Test
    void foldersThatHoldEachOther() throws Exception {
        var file = writer.files(1, 1);
        assertThat(read(writer.folders(4, 1, writer.folders(0, 1, file))).files())
                .isEmpty();
        assertThat(read(writer.folders(5, 1, file)).files()).hasSize(5);
        assertRefused(writer.folders(6, 1, file), "it has more than 5 folders");
    }

    @Test
    void foldersWithoutAnyFile() throws Exception {
        var empty = writer.folders(0, 1, writer.someId());
        assertRefused(writer.folders(6, 1, empty), "it has more than 5 folders");
    }

    @Test
    void moreFoldersThanCanBeCounted() throws Exception {
        var tree = writer.files(20, 1);
        for (var level = 0; level < 40; level++) {
            tree = writer.folders(20, 1, tree);
        }
        var deep = writer.commit(tree);
        writer.flush();
        var loose = new TreeLimits(20, 1 << 20, Long.MAX_VALUE, 4095, 256, 1000, 1 << 20);

        assertThatThrownBy(() -> Trees.of(writer.repository(), deep, cache.of("a"), loose, ByteBudget.UNLIMITED))
                .hasMessage("it has more than 20 files");
    }

    @Test
    void charactersOfAllPaths() throws Exception {
        assertThat(read(writer.under(writer.files(10, 5), 1, 4)).files()).hasSize(10);
        assertRefused(writer.under(writer.files(10, 5), 1, 5), "its paths have more than 100 characters");
    }

    @Test
    void theLongestPath() throws Exception {
        assertThat(read(writer.under(writer.files(1, 25), 1, 24)).files()).hasSize(1);
        assertRefused(writer.under(writer.files(1, 25), 1, 25), "one of its paths has more than 50 characters");
    }

    @Test
    void depth() throws Exception {
        assertThat(read(writer.under(writer.files(1, 1), 4, 1)).files()).hasSize(1);
        assertRefused(writer.under(writer.files(1, 1), 5, 1), "its folders are more than 4 deep");
    }

    @Test
    void oneFoldersBytes() throws Exception {
        var longest = new TreeLimits(100, 5, 10_000, 50, 4, 310, 10_000);
        assertThat(Trees.of(
                                writer.repository(),
                                commit(writer.files(10, 3)),
                                cache.of("a"),
                                longest,
                                ByteBudget.UNLIMITED)
                        .files())
                .as("10 times 31 bytes")
                .hasSize(10);
        var over = commit(writer.files(10, 4));
        assertThatThrownBy(() -> Trees.of(writer.repository(), over, cache.of("a"), longest, ByteBudget.UNLIMITED))
                .hasMessage("one of its folders has more than 310 bytes");
    }

    @Test
    void aNameThatLeadsElsewhereIsNotValid() throws Exception {
        var tree = new TreeFormatter();
        tree.append("a/b".getBytes(StandardCharsets.US_ASCII), 0, 3, FileMode.REGULAR_FILE, writer.someId(), true);
        assertRefused(writer.write(tree), "one of its folders has an entry whose name is not valid");
    }

    @Test
    void namesAreInTheOrderOfPathsAndFoundInAnyEncoding() throws Exception {
        var tree = new TreeFormatter();
        tree.append("a".getBytes(StandardCharsets.US_ASCII), FileMode.EXECUTABLE_FILE, writer.someId());
        tree.append("a.b".getBytes(StandardCharsets.US_ASCII), FileMode.SYMLINK, writer.someId());
        tree.append(new byte[] {'a', (byte) 0xe9}, FileMode.REGULAR_FILE, writer.someId());
        tree.append("\u00e9".getBytes(StandardCharsets.UTF_8), FileMode.TREE, writer.files(1, 1));

        var files = read(writer.write(tree)).files();
        assertThat(files.keySet()).containsExactly("a", "a.b", "a\udce9", "\u00e9/0");
        assertThat(files.get("a.b")).startsWith("120000:");
    }

    @Test
    void commitsOfARepositoryShareTheirFolders() throws Exception {
        var same = writer.files(10, 3);
        read(writer.folders(1, 2, same));
        var before = cache.bytes();
        read(writer.folders(1, 3, same));

        assertThat(cache.bytes() - before).isLessThan(before);
    }

    @Test
    void whatWasNotAskedForLongestGoes() throws Exception {
        var small = new FolderCache(2000);
        for (var commit = 0; commit < 20; commit++) {
            var read = Trees.of(
                    writer.repository(), commit(writer.files(10, 3)), small.of("a"), LIMITS, ByteBudget.UNLIMITED);
            assertThat(read.files()).hasSize(10);
            assertThat(small.bytes()).isLessThanOrEqualTo(2000);
        }
        small.of("a").forget();
        assertThat(small.bytes()).isZero();
    }

    private ObjectId commit(ObjectId tree) throws IOException {
        var commit = writer.commit(tree);
        writer.flush();
        return commit;
    }

    private SourceTree read(ObjectId tree) throws IOException {
        return Trees.of(writer.repository(), commit(tree), cache.of("a"), LIMITS, ByteBudget.UNLIMITED);
    }

    private void assertRefused(ObjectId tree, String message) throws IOException {
        var commit = commit(tree);
        assertThatThrownBy(() -> Trees.of(writer.repository(), commit, cache.of("a"), LIMITS, ByteBudget.UNLIMITED))
                .isInstanceOf(Refused.class)
                .hasMessage(message);
    }
}
