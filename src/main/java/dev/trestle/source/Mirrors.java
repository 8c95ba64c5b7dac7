package dev.trestle.source;

import dev.trestle.core.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.jgit.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mirrors of all repositories, in one folder of bounded size. */
final class Mirrors {
    private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);
    private static final String NAMES = "[0-9a-f]*.git";

    private final Path folder;
    private final long mostBytes;
    private final Function<String, Mirror.Sessions> sessions;
    private final FolderCache folders;
    private final AtomicLong made = new AtomicLong();
    private final Map<String, Mirror> mirrors = new ConcurrentHashMap<>();

    /**
     * Begins without any mirror.
     *
     * @param mostBytes of all; before a fetch, the largest go until the others have less
     * @param folders those that were read last
     * @param sessions for the fetches of a URL
     */
    Mirrors(Path folder, long mostBytes, FolderCache folders, Function<String, Mirror.Sessions> sessions) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.folders = folders;
        this.sessions = sessions;
        clear();
    }

    Mirror of(String url) {
        return mirrors.computeIfAbsent(url, _ -> new Mirror(pathOf(url), url, sessions.apply(url), folders.of(url)));
    }

    /** Deletes the mirror, at once or when the look at it has ended. The next build of the repository gets another folder. */
    void forget(String url) {
        Optional.ofNullable(mirrors.remove(url)).ifPresent(Mirror::forget);
    }

    /** Deletes mirrors that no look reads at the moment. */
    void makeRoom() throws IOException {
        var bySize = mirrors.values().stream()
                .sorted(Comparator.comparingLong(Mirror::bytes).reversed())
                .toList();
        var total = bySize.stream().mapToLong(Mirror::bytes).sum();
        for (var mirror : bySize) {
            if (total <= mostBytes) {
                return;
            }
            total -= mirror.deleteIfIdle();
        }
    }

    private Path pathOf(String url) {
        return folder.resolve("%s-%d.git".formatted(Hash.shortOf(16, List.of(url)), made.incrementAndGet()));
    }

    /** Copies of an earlier operator belong to repositories that perhaps no build follows. */
    private void clear() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var left = Files.newDirectoryStream(folder, NAMES)) {
            for (var mirror : left) {
                FileUtils.delete(mirror.toFile(), FileUtils.RECURSIVE);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("Old mirrors cannot be deleted");
        }
    }
}
