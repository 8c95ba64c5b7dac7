package dev.trestle.core.inputs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects a folder's entries, in any order. Of two with one name the last counts. */
public final class FolderBuilder {
    private static final Pattern OBJECT_ID = Pattern.compile("([0-7]+:)?[0-9a-f]{40}");

    private final List<String> keys = new ArrayList<>();
    private final List<@Nullable Folder> folders = new ArrayList<>();
    private byte[] ids = {};
    private char[] modes = {};
    private int width;
    private boolean binary = true;

    /** @param files object ids by path, as {@link SourceTree} has them; any texts will do */
    static Folder of(List<Map.Entry<String, String>> files) {
        var builder = new FolderBuilder();
        var here = new ArrayList<Map.Entry<String, String>>();
        var below = new TreeMap<String, List<Map.Entry<String, String>>>();
        for (var file : files) {
            var slash = file.getKey().indexOf('/');
            if (slash < 0) {
                here.add(file);
            } else {
                below.computeIfAbsent(file.getKey().substring(0, slash), _ -> new ArrayList<>())
                        .add(Map.entry(file.getKey().substring(slash + 1), file.getValue()));
            }
        }
        builder.files(here);
        below.forEach((name, inside) -> builder.folder(name, of(inside)));
        return builder.build();
    }

    private void files(List<Map.Entry<String, String>> files) {
        binary = files.stream()
                .allMatch(file -> OBJECT_ID.matcher(file.getValue()).matches());
        width = files.stream()
                .mapToInt(file -> bytes(file.getValue()).length)
                .max()
                .orElse(0);
        for (var file : files) {
            var colon = file.getValue().indexOf(':');
            var mode = colon < 0
                    ? Folder.REGULAR_FILE
                    : Integer.parseInt(file.getValue().substring(0, colon), 8);
            file(file.getKey(), mode, Arrays.copyOf(bytes(file.getValue()), width), 0, width);
        }
    }

    private byte[] bytes(String objectId) {
        var id = objectId.substring(objectId.indexOf(':') + 1);
        return binary ? HexFormat.of().parseHex(id) : id.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param mode as git has it
     * @param bytes have the id
     * @param length of the id, in bytes; the same for all entries
     */
    public void file(String name, int mode, byte[] bytes, int offset, int length) {
        width = length;
        var at = add(name, null);
        System.arraycopy(bytes, offset, ids, at * width, width);
        modes[at] = (char) Math.min(mode, Character.MAX_VALUE);
    }

    public void folder(String name, Folder folder) {
        var _ = add(name + "/", folder);
    }

    private int add(String key, @Nullable Folder folder) {
        var at = keys.size();
        keys.add(key);
        folders.add(folder);
        if (at >= modes.length) {
            modes = Arrays.copyOf(modes, Math.max(8, 2 * at));
        }
        if (ids.length < modes.length * width) {
            ids = Arrays.copyOf(ids, modes.length * width);
        }
        return at;
    }

    public Folder build() {
        var order = order();
        var names = new StringBuilder();
        var ends = new int[order.length];
        var sortedIds = new byte[order.length * width];
        var sortedModes = new char[order.length];
        var sortedFolders = new Folder[folders.stream().allMatch(Objects::isNull) ? 0 : order.length];
        for (var to = 0; to < order.length; to++) {
            var from = order[to];
            var folder = folders.get(from);
            var key = keys.get(from);
            ends[to] = names.append(key, 0, folder == null ? key.length() : key.length() - 1)
                    .length();
            if (folder == null) {
                System.arraycopy(ids, from * width, sortedIds, to * width, width);
                sortedModes[to] = modes[from];
            } else {
                sortedFolders[to] = folder;
            }
        }
        return new Folder(names.toString(), ends, sortedIds, sortedModes, sortedFolders, binary);
    }

    /** Git has them sorted by bytes already, as a rule. */
    private int[] order() {
        var all = IntStream.range(0, keys.size());
        if (IntStream.range(1, keys.size()).allMatch(at -> keys.get(at - 1).compareTo(keys.get(at)) < 0)) {
            return all.toArray();
        }
        var sorted = all.boxed().sorted(Comparator.comparing(keys::get)).toList();
        return IntStream.range(0, sorted.size())
                .filter(at ->
                        at + 1 == sorted.size() || !keys.get(sorted.get(at)).equals(keys.get(sorted.get(at + 1))))
                .map(sorted::get)
                .toArray();
    }
}
