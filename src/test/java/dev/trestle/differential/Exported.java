package dev.trestle.differential;

import dev.trestle.core.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What is in an image.
 *
 * @param files each with type, mode, owner and what it holds, without times
 * @param markers the numbers that generated files hold, one in each
 */
record Exported(Set<String> files, Set<Integer> markers) {
    /** Of a build that fails. */
    static final Exported FAILED = new Exported(Set.of("failed"), Set.of());

    private static final Pattern MARKER = Pattern.compile("marker (\\d+)[\r\n]");

    boolean isBuilt() {
        return !equals(FAILED);
    }

    static String marker(int number) {
        return "marker %d\nend\n".formatted(number);
    }

    static Exported of(InputStream tar) throws IOException {
        var files = new TreeSet<String>();
        var markers = new HashSet<Integer>();
        try (var entries = new TarArchiveInputStream(tar, StandardCharsets.ISO_8859_1.name())) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                var content = new String(entries.readAllBytes(), StandardCharsets.ISO_8859_1);
                files.add(line(entry, content));
                MARKER.matcher(content).results().forEach(found -> markers.add(Integer.valueOf(found.group(1))));
            }
        }
        return new Exported(files, markers);
    }

    private static String line(TarArchiveEntry entry, String content) {
        return "%s %o %d:%d %s %s"
                .formatted(
                        entry.getName(),
                        entry.getMode(),
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getLinkName(),
                        entry.isDirectory() ? "/" : Hash.shortOf(12, List.of(content)));
    }
}
