package dev.trestle.source;

import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;

/** Programs for the JVM as it is shipped: each reads what a repository may hold at most, and more, and says how that ended. */
final class HostileRepositories {
    /** What ten thousand builds take. */
    private static final int OTHERWISE_USED = 64 << 20;

    private HostileRepositories() {}

    private static String told(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** Packs that announce more than there is. */
    static final class Packs {
        private Packs() {}

        static void main(String[] folder) throws Exception {
            try (var server = new HostileGit()) {
                var reader = new JGitReader(Path.of(folder[0]), Limits.USUAL, GitServer.listing(server.host()));
                var twoGigabytes = 2_000_000_000L;
                var nothing = new byte[0];
                for (var pack : List.of(
                        new PackBytes(1).object(Constants.OBJ_TREE, twoGigabytes, nothing),
                        new PackBytes(1).object(Constants.OBJ_COMMIT, twoGigabytes, nothing),
                        new PackBytes(Integer.MAX_VALUE),
                        chain())) {
                    server.answersWithPack(pack.withoutEnd());
                    System.out.println(failure(reader, server.url()));
                }
                server.answersWithWords(20_000);
                System.out.println(failure(reader, server.url()));
            }
        }

        private static PackBytes chain() throws IOException {
            var pack = new PackBytes(100).object(Constants.OBJ_TREE, new byte[8 << 20]);
            for (var at = 1; at < 100; at++) {
                pack.deltaToTheLast(8 << 20, 8 << 20, new byte[] {(byte) 0xb0, 0, 0});
            }
            return pack;
        }

        private static String failure(GitReader reader, String url) {
            try {
                return "read " + reader.treeOf(url, "12".repeat(20)).files().size();
            } catch (GitReader.Unreadable e) {
                var message = told(e);
                return message.substring(message.indexOf(':') + 2);
            }
        }
    }

    /** Four servers at once, each with as many refs as one may have, or more. */
    static final class Refs {
        private Refs() {}

        static void main(String[] arguments) throws Exception {
            var used = new byte[OTHERWISE_USED];
            var reader = new JGitReader(Path.of(arguments[0]), Limits.USUAL, GitServer.anywhere());
            try (var threads = Executors.newFixedThreadPool(8)) {
                var answers = new ArrayList<Future<String>>();
                for (var count : List.of(99_000, 99_000, 99_000, 99_000, 100_001, 600_000, 600_000, 600_000)) {
                    answers.add(threads.submit(() -> list(reader.getClass(), arguments[0], count)));
                }
                for (var answer : answers) {
                    System.out.println(answer.get());
                }
            }
            System.out.println("alive with " + (used.length >> 20) + " MiB");
        }

        private static final ByteBudget SHARED = new ByteBudget(80 << 20, 40 << 20, 1 << 19);

        private static String list(Class<?> reads, String folder, int count) throws Exception {
            try (var server = new HostileGit()) {
                server.answersWithRefs(count);
                var reader = new JGitReader(
                        Path.of(folder, reads.getSimpleName() + server.host()),
                        Limits.USUAL,
                        GitServer.listing(server.host()),
                        SHARED);
                try {
                    return "read "
                            + reader.commitsOf(server.url(), Set.of("refs/heads/*"))
                                    .size();
                } catch (GitReader.Unreadable e) {
                    return told(e);
                }
            }
        }
    }

    /** A repository of Linux's size, and a hundred of its refs. */
    static final class ManyRefs {
        private static final int FOLDERS = 5_800;
        private static final int FILES_OF_EACH = 15;

        private ManyRefs() {}

        static void main(String[] folder) throws Exception {
            var used = new byte[OTHERWISE_USED];
            try (var writer =
                    new TreeWriter(Files.createDirectories(Path.of(folder[0])).resolve("linux.git"))) {
                var folders = new ArrayList<ObjectId>();
                for (var at = 0; at < FOLDERS; at++) {
                    folders.add(writer.files(FILES_OF_EACH, 14));
                }
                var commits = new ArrayList<ObjectId>();
                for (var ref = 0; ref < 100; ref++) {
                    for (var change = 0; change < 100; change++) {
                        folders.set((ref * 97 + change * 58) % FOLDERS, writer.files(FILES_OF_EACH, 14));
                    }
                    commits.add(writer.commit(top(writer, folders)));
                }
                writer.flush();
                var cache = new FolderCache(32 << 20);
                var kept = new ArrayList<Object>();
                long least = 0;
                for (var commit : commits) {
                    kept.add(inputs(writer, commit, cache));
                    if (least == 0) {
                        least = heap() - cache.bytes();
                    }
                }
                var cached = cache.bytes();
                System.out.printf(
                        "read %d refs, %d KiB each beside %d MiB of folders, %d MiB used otherwise%n",
                        kept.size(),
                        (Math.max(0, heap() - cached - least) / 100) >> 10,
                        cached >> 20,
                        used.length >> 20);
            }
        }

        private static ObjectId top(TreeWriter writer, List<ObjectId> folders) throws IOException {
            var top = new TreeFormatter();
            for (var group = 0; group < FOLDERS / 100; group++) {
                var middle = new TreeFormatter();
                for (var at = 0; at < 100; at++) {
                    middle.append(TreeWriter.name(at, 8), FileMode.TREE, folders.get(group * 100 + at));
                }
                top.append(TreeWriter.name(group, 8), FileMode.TREE, writer.write(middle));
            }
            return writer.write(top);
        }

        private static Object inputs(TreeWriter writer, ObjectId commit, FolderCache cache) throws IOException {
            var tree = Trees.of(writer.repository(), commit, cache.of("linux"), TreeLimits.USUAL, ByteBudget.UNLIMITED);
            var recipe = new FileRecipe(List.of("**/*1", "0000000*/**", "!**/*2"), "Dockerfile", ".", List.of());
            return FileInputs.of(recipe, new Selections(commit.name(), tree), Optional.empty())
                    .inputs();
        }

        private static long heap() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    /** As many files as a commit may have, in one folder and in many, four commits at once; and more. */
    static final class LargeTrees {
        private LargeTrees() {}

        static void main(String[] folder) throws Exception {
            var used = new byte[OTHERWISE_USED];
            try (var writer =
                    new TreeWriter(Files.createDirectories(Path.of(folder[0])).resolve("large.git"))) {
                var flat = writer.commit(writer.files(300_000, 9));
                var deep = writer.commit(writer.under(writer.files(16_000, 6), 95, 42));
                var over = writer.commit(writer.files(300_001, 9));
                var longPaths = writer.commit(writer.under(writer.files(299_000, 6), 95, 40));
                var tree = writer.files(0, 1);
                for (var level = 0; level < 25; level++) {
                    tree = writer.folders(20, 2, tree);
                }
                var endless = writer.commit(tree);
                writer.flush();
                var memory = new ByteBudget(80 << 20, 40 << 20, 1 << 19);
                try (var threads = Executors.newFixedThreadPool(4)) {
                    var answers = new ArrayList<Future<String>>();
                    for (var commit : List.of(flat, deep, flat, deep, over, longPaths, endless)) {
                        answers.add(threads.submit(() -> read(writer, commit, memory)));
                    }
                    for (var answer : answers) {
                        System.out.println(answer.get());
                    }
                }
                System.out.println("alive with " + (used.length >> 20) + " MiB");
            }
        }

        private static String read(TreeWriter writer, ObjectId commit, ByteBudget memory) throws IOException {
            try {
                var tree = Trees.of(writer.repository(), commit, new FolderCache(0).of(""), TreeLimits.USUAL, memory);
                var recipe = new FileRecipe(List.of("**/*7", "*?".repeat(15) + "X"), "Dockerfile", ".", List.of());
                return "%d inputs"
                        .formatted(FileInputs.of(recipe, new Selections(commit.name(), tree), Optional.empty())
                                .inputs()
                                .size());
            } catch (Refused e) {
                return told(e);
            }
        }
    }
}
