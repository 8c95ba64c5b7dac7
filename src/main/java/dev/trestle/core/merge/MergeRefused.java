package dev.trestle.core.merge;

import java.util.List;
import java.util.Optional;

/** The merge cannot be; nothing has been tagged. The message names the platform, the cause and the next step. */
public final class MergeRefused extends RuntimeException {

    private final FailureClass failure;
    private final transient List<ImagePlatform> gone;
    private final transient Optional<Long> supersededBy;

    public MergeRefused(FailureClass failure, String message) {
        this(failure, message, List.of(), Optional.empty());
    }

    private MergeRefused(FailureClass failure, String message, List<ImagePlatform> gone, Optional<Long> supersededBy) {
        super(message);
        this.failure = failure;
        this.gone = List.copyOf(gone);
        this.supersededBy = supersededBy;
    }

    /** The images of these platforms are in none of the repositories. */
    public static MergeRefused gone(List<ImagePlatform> platforms, String message) {
        return new MergeRefused(FailureClass.ChildMissing, message, platforms, Optional.empty());
    }

    /** A tag holds the image of {@code held}, which {@code wanted} does not follow. */
    public static MergeRefused superseded(String tag, IndexRun wanted, IndexRun held) {
        var sameCount = Optional.of(held.number()).filter(_ -> held.isOfSameObject(wanted));
        return new MergeRefused(
                FailureClass.Superseded,
                "Tag '%s' holds %s since %s, which run %d since %s does not follow; no tag has moved. If its image is wanted all the same, build it again."
                        .formatted(tag, held, held.since(), wanted.number(), wanted.since()),
                List.of(),
                sameCount);
    }

    public FailureClass failure() {
        return failure;
    }

    /** Platforms whose leg must be built again before the same can be merged. */
    public List<ImagePlatform> gone() {
        return gone;
    }

    /** Number of the later run, where it is of the very same object. */
    public Optional<Long> supersededBy() {
        return supersededBy;
    }
}
