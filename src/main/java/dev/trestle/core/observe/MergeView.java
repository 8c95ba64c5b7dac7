package dev.trestle.core.observe;

import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeSpec.MergeSource;
import dev.trestle.api.ManifestMergeSpec.MergeTarget;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.api.MergeRun;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.core.render.RunMerge;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ManifestMerge as one pass reads it. Its annotations, its times and its status are read here and nowhere else.
 *
 * @param object as the informer has it, so that a delete meets exactly that version
 */
public record MergeView(ManifestMerge object, MergeState state) {

    public static MergeView of(ManifestMerge merge) {
        return new MergeView(merge, stateOf(merge));
    }

    public String name() {
        return object.getMetadata().getName();
    }

    public boolean isBeingDeleted() {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    public boolean isUnderWay() {
        return state instanceof MergeState.UnderWay;
    }

    public Optional<MergeState.Failed> failure() {
        return state instanceof MergeState.Failed failed ? Optional.of(failed) : Optional.empty();
    }

    /** When the merge ended; empty while it is under way, and for one that never ran. */
    public Optional<Instant> endedAt() {
        return switch (state) {
            case MergeState.UnderWay _ -> Optional.empty();
            case MergeState.Succeeded(var _, var at) -> Optional.of(at);
            case MergeState.Failed failed -> failed.at();
        };
    }

    /** The image that the merge has published. */
    public Optional<PublishedImage> image() {
        return state instanceof MergeState.Succeeded(var image, var _) ? Optional.of(image) : Optional.empty();
    }

    /** The numbers of runs that this merge tells of: its own, and that of the later run that superseded it. */
    public Stream<Long> numbers() {
        var own = Optional.ofNullable(object.getSpec().run()).map(MergeRun::number);
        return Stream.of(own, failure().flatMap(MergeState.Failed::supersededBy))
                .flatMap(Optional::stream);
    }

    /** Whether it was made for the build's spec of this hash. */
    public boolean isOfSpec(String hash) {
        return hash.equals(annotation(object, Labels.SPEC));
    }

    /** The release that it publishes. */
    public Optional<String> gitTag() {
        return Optional.ofNullable(annotation(object, Labels.GIT_TAG));
    }

    /** The images of this platform that it merges. */
    public Stream<String> imagesOf(String platform) {
        return object.getSpec().sources().stream()
                .filter(source -> source.platform().equals(platform))
                .map(MergeSource::image);
    }

    private static MergeState stateOf(ManifestMerge merge) {
        var status = Objects.requireNonNullElseGet(merge.getStatus(), ManifestMergeStatus::unseen);
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Succeeded"))
                .findFirst()
                .map(condition -> stateOf(merge, status, condition))
                .orElseGet(() -> new MergeState.UnderWay(Optional.empty()));
    }

    /** A success without an image is not over yet: the merge's own pass asks its Job again. */
    private static MergeState stateOf(ManifestMerge merge, ManifestMergeStatus status, Condition succeeded) {
        if (succeeded.status() == ConditionStatus.False) {
            return failed(status, succeeded);
        }
        return succeeded.status() == ConditionStatus.True && status.digest() != null && status.finishedAt() != null
                ? new MergeState.Succeeded(
                        image(merge, status.digest(), status.finishedAt()), Instant.parse(status.finishedAt()))
                : new MergeState.UnderWay(Optional.of(succeeded.message()).filter(_ -> isNotStarted(succeeded)));
    }

    private static boolean isNotStarted(Condition succeeded) {
        return succeeded.status() == ConditionStatus.Unknown && succeeded.reason() == Reason.MergeNotStarted;
    }

    private static MergeState failed(ManifestMergeStatus status, Condition succeeded) {
        return new MergeState.Failed(
                succeeded.reason(),
                succeeded.message(),
                Optional.ofNullable(status.finishedAt()).map(Instant::parse),
                status.gone(),
                Optional.ofNullable(status.supersededBy()),
                Optional.ofNullable(status.limitedBy()),
                Optional.ofNullable(status.retryAt()).map(Instant::parse));
    }

    private static PublishedImage image(ManifestMerge merge, String digest, String finishedAt) {
        var spec = merge.getSpec();
        var run = Optional.ofNullable(spec.run());
        return new PublishedImage(
                digest,
                spec.targets().stream().map(MergeTarget::repository).toList(),
                Objects.requireNonNull(merge.getStatus()).platforms(),
                finishedAt,
                annotation(merge, Labels.REVISION),
                merge.getMetadata().getName(),
                run.map(MergeRun::number).orElse(null),
                run.map(MergeRun::missing).orElse(List.of()),
                annotation(merge, Labels.SPEC),
                Optional.ofNullable(annotation(merge, Labels.CONTENT)).orElseGet(() -> RunMerge.contentOf(spec)));
    }

    private static @Nullable String annotation(ManifestMerge merge, String key) {
        var annotations = merge.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }
}
