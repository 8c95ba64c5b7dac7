package dev.trestle.differential;

import dev.trestle.source.LocalRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Takes lines of the Dockerfile and files away, as long as something is missed. */
final class Shrinker {
    private static final int MOST_ATTEMPTS = 400;

    private final Judge judge;
    private final String repository;
    private int attempts;

    Shrinker(Judge judge, String repository) {
        this.judge = judge;
        this.repository = repository;
    }

    /** One that is missed. */
    record Missed(Sample sample, Tree before, Tree after, List<String> misses) {
        @Override
        public String toString() {
            return "%s%n%s".formatted(misses, Judge.describe(sample, before, after));
        }
    }

    Missed shrink(Missed missed) throws IOException, InterruptedException, LocalRepository.Unreadable {
        var smallest = missed;
        for (var before = 0; before != attempts && attempts < MOST_ATTEMPTS; ) {
            before = attempts;
            var smaller = withFewerFiles(withFewerLines(smallest));
            if (smaller.equals(smallest)) {
                return smaller;
            }
            smallest = smaller;
        }
        return smallest;
    }

    private Missed withFewerLines(Missed missed) throws IOException, InterruptedException, LocalRepository.Unreadable {
        var smallest = missed;
        for (var line = 0; line < lines(smallest).size(); ) {
            var fewer = lines(smallest);
            fewer.remove(line);
            var sample = smallest.sample().withText(String.join("\n", fewer));
            var next = stillMissed(sample, smallest.before(), smallest.after());
            if (next.misses().isEmpty()) {
                line++;
            } else {
                smallest = next;
            }
        }
        return smallest;
    }

    private static List<String> lines(Missed missed) {
        return new ArrayList<>(List.of(missed.sample().text().split("\n", -1)));
    }

    /** By halves, and then one by one. */
    private Missed withFewerFiles(Missed missed) throws IOException, InterruptedException, LocalRepository.Unreadable {
        var smallest = missed;
        for (var share = 2; share <= 64; share *= 2) {
            var paths = new TreeSet<>(smallest.before().files().keySet());
            paths.addAll(smallest.after().files().keySet());
            var all = List.copyOf(paths);
            var size = Math.max(1, all.size() / share);
            for (var from = 0; from < all.size(); from += size) {
                var next = without(smallest, all.subList(from, Math.min(all.size(), from + size)));
                smallest = next.misses().isEmpty() ? smallest : next;
            }
        }
        return smallest;
    }

    private Missed without(Missed missed, List<String> paths)
            throws IOException, InterruptedException, LocalRepository.Unreadable {
        var before = missed.before();
        var after = missed.after();
        for (var path : paths) {
            before = before.without(path);
            after = after.without(path);
        }
        return stillMissed(missed.sample(), before, after);
    }

    private Missed stillMissed(Sample sample, Tree before, Tree after)
            throws IOException, InterruptedException, LocalRepository.Unreadable {
        if (attempts++ > MOST_ATTEMPTS) {
            return new Missed(sample, before, after, List.of());
        }
        var dockerfile = Tree.Entry.file(sample.text());
        var first = judge.commit(repository, before.with(sample.file(), dockerfile));
        var second = judge.commit(repository, after.with(sample.file(), dockerfile));
        return new Missed(sample, before, after, judge.of(sample, first, second).misses());
    }
}
