package dev.trestle.core.merge;

import dev.trestle.api.MergeRun;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which run of which build an index is of, as its annotations say. The registry itself so tells which of two images is the later one,
 * whatever the cluster has forgotten (invariant 4).
 *
 * @param build {@code namespace/name}
 * @param since when the build was created, RFC 3339 in UTC, so that the order of the texts is that of the times
 * @param number of the run, growing
 */
public record IndexRun(String build, String since, long number) {
    public static final String BUILD = "dev.trestle.build";
    public static final String SINCE = "dev.trestle.since";
    public static final String NUMBER = "dev.trestle.number";
    /** Platforms that the index lacks, with commas between. */
    public static final String MISSING = "dev.trestle.missing";
    /** The commit; one of <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md">OCI's own annotations</a>. */
    public static final String REVISION = "org.opencontainers.image.revision";

    private static final Comparator<IndexRun> ORDER =
            Comparator.comparing(IndexRun::since).thenComparingLong(IndexRun::number);

    /** The annotations of this run's index. */
    public static Map<String, String> annotations(MergeRun run) {
        var annotations = new TreeMap<String, String>();
        annotations.put(BUILD, run.build());
        annotations.put(SINCE, run.since());
        annotations.put(NUMBER, run.number().toString());
        if (run.revision() != null) {
            annotations.put(REVISION, run.revision());
        }
        if (!run.missing().isEmpty()) {
            annotations.put(MISSING, String.join(",", run.missing()));
        }
        return annotations;
    }

    /** Empty when they name no run, as those of an image that was pushed by hand. */
    public static Optional<IndexRun> of(Map<String, String> annotations) {
        var build = annotations.get(BUILD);
        var since = annotations.get(SINCE);
        var number = annotations.getOrDefault(NUMBER, "");
        return build == null || since == null || !number.matches("[0-9]{1,18}")
                ? Optional.empty()
                : Optional.of(new IndexRun(build, since, Long.parseLong(number)));
    }

    /** Of the index under a tag; empty too for one that cannot be read: broken content does not keep a tag for ever. */
    public static Optional<IndexRun> of(RawManifest held) {
        try {
            var annotations = new TreeMap<String, String>();
            ManifestJson.read(held.json(), held.what())
                    .path("annotations")
                    .properties()
                    .forEach(entry ->
                            annotations.put(entry.getKey(), entry.getValue().asText()));
            return of(annotations);
        } catch (MergeRefused e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a tag that holds {@code held} may move to this one: it comes later, or the two are of different builds, where the operator
     * sees to it that only one of them writes the tag. Two runs of one number have been made by two operators at once.
     */
    public boolean mayFollow(IndexRun held) {
        return !build.equals(held.build) || ORDER.compare(this, held) > 0;
    }

    /** Whether both count from the same beginning. */
    public boolean isOfSameObject(IndexRun other) {
        return build.equals(other.build) && since.equals(other.since);
    }

    @Override
    public String toString() {
        return "run %d of '%s'".formatted(number, build);
    }
}
