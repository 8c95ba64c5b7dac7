package dev.trestle.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;

/** The files of a commit that is to be made, by path as {@code dev.trestle.source.FileNames} writes it. */
record Tree(SortedMap<String, Entry> files) {
    /**
     * @param mode git's
     * @param content of a file its text, of a link what it points to, of a submodule its commit
     */
    record Entry(FileMode mode, String content) {
        static Entry file(String text) {
            return new Entry(FileMode.REGULAR_FILE, text);
        }

        static Entry executable(String text) {
            return new Entry(FileMode.EXECUTABLE_FILE, text);
        }

        static Entry link(String target) {
            return new Entry(FileMode.SYMLINK, target);
        }

        static Entry submodule(String commit) {
            return new Entry(FileMode.GITLINK, commit);
        }

        boolean isFile() {
            return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
        }
    }

    Tree {
        files = new TreeMap<>(files);
    }

    Tree with(String path, Entry entry) {
        var more = new TreeMap<>(files);
        more.put(path, entry);
        return new Tree(more);
    }

    Tree without(String path) {
        var less = new TreeMap<>(files);
        less.remove(path);
        return new Tree(less);
    }

    /** A name's bytes: lone surrogates stand for bytes that are not UTF-8. */
    static byte[] bytes(String path) {
        var bytes = new ByteArrayOutputStream();
        path.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                bytes.write(point & 0xFF);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
