package dev.trestle.core.inputs;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a commit, with those in it. It never changes, so all commits in which it is the same share it. Its entries stand in the
 * order that their paths have as texts.
 */
public final class Folder {
    static final int REGULAR_FILE = 0100644;
    private static final int SUBMODULE = 0160000;
    /** An object's header, its fields and those of its arrays, in bytes. */
    private static final int EMPTY = 120;

    private final String names;
    private final int[] ends;
    private final byte[] ids;
    private final char[] modes;
    private final @Nullable Folder[] folders;
    /** Whether ids are git's, or texts that end with NULs. */
    private final boolean binary;

    private final Totals totals;
    private final long bytes;

    Folder(String names, int[] ends, byte[] ids, char[] modes, @Nullable Folder[] folders, boolean binary) {
        this.binary = binary;
        this.names = names;
        this.ends = ends;
        this.ids = ids;
        this.modes = modes;
        this.folders = folders;
        this.totals = totalsOf();
        this.bytes = bytesOnHeap();
    }

    /**
     * The files of a folder and of all folders below. A few folders that hold each other can stand for more files than there are atoms: the
     * numbers end at {@link Long#MAX_VALUE}.
     *
     * @param files how many, links and submodules among them
     * @param folders how many
     * @param pathCharacters of the files' paths, from this folder on
     * @param longestPath in characters
     * @param depth of the deepest folder; 0 when there is none
     */
    public record Totals(long files, long folders, long pathCharacters, long longestPath, int depth) {
        private static final Totals ONE_FILE = new Totals(1, 0, 0, -1, -1);
    }

    /** @return with the mode in front unless it is a regular file, as {@link SourceTree} has it */
    String objectId(int entry) {
        var width = ids.length / modes.length;
        var id = binary
                ? HexFormat.of().formatHex(ids, entry * width, (entry + 1) * width)
                : new String(ids, entry * width, width, StandardCharsets.UTF_8).replace("\0", "");
        return modes[entry] == REGULAR_FILE ? id : Integer.toOctalString(modes[entry]) + ":" + id;
    }

    boolean isSubmodule(int entry) {
        return modes[entry] == SUBMODULE;
    }

    int size() {
        return ends.length;
    }

    String name(int entry) {
        return names.substring(start(entry), ends[entry]);
    }

    Optional<Folder> folder(int entry) {
        return Optional.ofNullable(folders.length == 0 ? null : folders[entry]);
    }

    /** @return the entry of the file, link or submodule with that name, or -1 */
    int file(String name) {
        return entry(name, false);
    }

    /** The folder with that name. */
    Optional<Folder> folder(String name) {
        var entry = entry(name, true);
        return entry < 0 ? Optional.empty() : folder(entry);
    }

    public Totals totals() {
        return totals;
    }

    private Totals totalsOf() {
        var sum = new Totals(0, 0, 0, 0, 0);
        for (var entry = 0; entry < size(); entry++) {
            var length = ends[entry] - start(entry);
            var folder = folder(entry);
            var inside = folder.map(Folder::totals).orElse(Totals.ONE_FILE);
            var characters = times(inside.files(), folder.isPresent() ? length + 1 : length);
            sum = new Totals(
                    plus(sum.files(), inside.files()),
                    plus(sum.folders(), folder.isPresent() ? plus(1, inside.folders()) : 0),
                    plus(sum.pathCharacters(), plus(characters, inside.pathCharacters())),
                    Math.max(sum.longestPath(), length + 1 + inside.longestPath()),
                    Math.max(sum.depth(), inside.depth() + 1));
        }
        return sum;
    }

    /** Its size on the heap, in bytes, without the folders below. */
    public long bytes() {
        return bytes;
    }

    private long bytesOnHeap() {
        var width = names.chars().allMatch(character -> character < 256) ? 1L : 2L; // as the JVM keeps texts
        return EMPTY + width * names.length() + 4L * ends.length + ids.length + 2L * modes.length + 4L * folders.length;
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    private int entry(String name, boolean isFolder) {
        var low = 0;
        var high = size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var order = key(name(middle), folder(middle).isPresent()).compareTo(key(name, isFolder));
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    private static String key(String name, boolean isFolder) {
        return isFolder ? name + "/" : name;
    }

    private static long plus(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static long times(long one, long other) {
        return other != 0 && one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
    }
}
