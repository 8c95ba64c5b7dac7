package dev.trestle.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much a git repository on disk holds: each fetch leaves a pack. */
record Packs(int count, long bytes) {
    static Packs in(Path repository) throws IOException {
        var folder = repository.resolve("objects").resolve("pack");
        var count = 0;
        var bytes = 0L;
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    count += file.toString().endsWith(".pack") ? 1 : 0;
                    bytes += Files.size(file);
                }
            }
        }
        return new Packs(count, bytes);
    }
}
