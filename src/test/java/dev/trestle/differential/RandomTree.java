package dev.trestle.differential;

import dev.trestle.differential.Tree.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Files that Dockerfiles of {@link RandomDockerfile} name, and others; each plain file has a marker of its own. */
final class RandomTree {
    static final String MODULE = "third/lib";

    /** Folders that stand for each other: each has the same names. */
    static final List<String> FOLDERS = List.of("web", "worker", "src");

    static final List<String> NAMES = List.of("main.txt", "conf.yaml", "run.sh", "deep/x.txt", "deep/er/y.txt");

    private static final List<String> ALWAYS = List.of("common/db.yaml", "my data/a.txt", "ünï/cödé.txt");

    private static final List<String> ODD = List.of(
            "odd[1].txt",
            "a+b.(c)",
            "st*r.txt",
            "qu?.txt",
            "back\\slash",
            "dol$lar",
            ".hidden",
            "-dash",
            "line\nbreak.txt",
            "latin\uDCE9.txt",
            "CON flict",
            "emoji\uD83D\uDE00.txt");

    private static final List<String> ATTRIBUTES = List.of(
            "* text eol=crlf\n",
            "*.txt text eol=crlf\n",
            "main.txt ident\n",
            "*.yaml text eol=lf\n",
            "[attr]win text eol=crlf\n*.sh win\n",
            "*.bin filter=lfs diff=lfs merge=lfs -text\n");

    private final Random random;
    private final List<String> moduleCommits;
    private int markers;

    /** @param moduleCommits of the repository {@code sub.git} beside */
    RandomTree(Random random, int firstMarker, List<String> moduleCommits) {
        this.random = random;
        this.markers = firstMarker;
        this.moduleCommits = moduleCommits;
    }

    Tree tree() {
        var files = new TreeMap<String, Entry>();
        for (var prefix : List.of("", "ctx/")) {
            for (var folder : FOLDERS) {
                NAMES.forEach(
                        name -> files.put(prefix + folder + "/" + name, name.endsWith(".sh") ? executable() : file()));
            }
            for (var top : List.of("main.txt", "conf.yaml", "app-amd64", "app-arm64", "a.txt", "b.txt", "c.md")) {
                files.put(prefix + top, file());
            }
            ALWAYS.forEach(name -> files.put(prefix + name, file()));
            links(prefix, files);
        }
        ODD.stream().filter(_ -> random.nextInt(3) > 0).forEach(name -> files.put(name, file()));
        attributes(files);
        if (random.nextInt(3) == 0) {
            files.put(".dockerignore", Entry.file("*.txt\nweb\n"));
        }
        if (!moduleCommits.isEmpty()) {
            files.put(MODULE, Entry.submodule(moduleCommits.getFirst()));
            files.put(".gitmodules", Entry.file("[submodule \"lib\"]\n\tpath = third/lib\n\turl = ../sub.git\n"));
        }
        return new Tree(files);
    }

    private void links(String prefix, Map<String, Entry> files) {
        files.put(prefix + "conf/app.yaml", file());
        files.put(prefix + "conf/db.yaml", Entry.link("../common/db.yaml"));
        files.put(prefix + "conf/up.yaml", Entry.link("../../a.txt"));
        files.put(prefix + "lnk", Entry.link("worker"));
        files.put(prefix + "ab.lnk", Entry.link("/src/main.txt"));
        if (random.nextInt(12) == 0) {
            files.put(prefix + "loose", Entry.link("nowhere"));
        }
    }

    private void attributes(Map<String, Entry> files) {
        for (var folder : List.of("", "web/", "worker/deep/", "ctx/", "ctx/src/")) {
            if (random.nextInt(4) == 0) {
                files.put(folder + ".gitattributes", Entry.file(any(ATTRIBUTES)));
            }
        }
    }

    /** The same with one to three differences, none in Dockerfiles. */
    Tree changed(Tree tree, List<String> dockerfiles) {
        var changed = tree;
        for (var times = 1 + random.nextInt(3); times > 0; times--) {
            var paths = new ArrayList<>(changed.files().keySet());
            paths.removeAll(dockerfiles);
            changed = changed(changed, any(paths));
        }
        return changed;
    }

    private Tree changed(Tree tree, String path) {
        var entry = Objects.requireNonNull(tree.files().get(path));
        return switch (random.nextInt(12)) {
            case 0 -> tree.without(path);
            case 1 -> tree.without(path).with(path + "2", entry);
            case 2 -> tree.with(any(FOLDERS) + "/new" + random.nextInt(3) + ".txt", file());
            case 3 ->
                tree.with(any(List.of("", "web/", "ctx/", "ctx/src/")) + ".gitattributes", Entry.file(any(ATTRIBUTES)));
            case 4 -> entry.isFile() ? tree.with(path, executable()) : other(tree, path, entry);
            case 5 -> path.contains(".git") ? tree : tree.without(path).with(path + "/in/it", file());
            default -> other(tree, path, entry);
        };
    }

    private Tree other(Tree tree, String path, Entry entry) {
        if (path.equals(MODULE)) {
            return tree.with(path, Entry.submodule(any(moduleCommits)));
        }
        if (path.equals(".gitmodules")) {
            return tree;
        }
        if (path.endsWith(".gitattributes")) {
            return tree.with(path, Entry.file(any(ATTRIBUTES)));
        }
        return entry.isFile()
                ? tree.with(path, new Entry(entry.mode(), Exported.marker(markers++)))
                : tree.with(path, Entry.link(any(List.of("web", "src/main.txt", "b.txt", "common"))));
    }

    private Entry file() {
        return Entry.file(Exported.marker(markers++));
    }

    private Entry executable() {
        return Entry.executable(Exported.marker(markers++));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
