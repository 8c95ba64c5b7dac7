package dev.trestle.core.plan;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.MergeRun;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.PublishedImageBuilder;
import dev.trestle.api.Reason;
import dev.trestle.core.observe.MergeState;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.plan.MergeProgress.AfterOther;
import dev.trestle.core.plan.MergeProgress.Again;
import dev.trestle.core.plan.MergeProgress.Cancelled;
import dev.trestle.core.plan.MergeProgress.Current;
import dev.trestle.core.plan.MergeProgress.Due;
import dev.trestle.core.plan.MergeProgress.Failed;
import dev.trestle.core.plan.MergeProgress.NotYet;
import dev.trestle.core.plan.MergeProgress.Paused;
import dev.trestle.core.plan.MergeProgress.Running;
import dev.trestle.core.plan.MergeProgress.Succeeded;
import dev.trestle.core.plan.MergeProgress.Unstarted;
import dev.trestle.core.render.RunMerge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the run's merge stands, once all its legs are done, or those that the publish policy waits for. */
final class MergeDecision {
    /** How often one content is merged again after merges that another merge may follow. */
    private static final int REPEATS = 2 * GoneImages.REBUILDS;

    private final Snapshot snapshot;
    private final MergeHistory history;
    private final RunMerge wanted;
    private final MergeRun run;
    private final String spec;

    private MergeDecision(Snapshot snapshot, Publishable parts, Optional<SourceView.Known> source) {
        this.snapshot = snapshot;
        this.history = snapshot.history();
        this.wanted =
                RunMerge.of(snapshot.build(), parts.built(), parts.missing(), source.flatMap(SourceView.Known::gitTag));
        this.spec = SpecHash.of(snapshot.build().getSpec());
        var metadata = snapshot.build().getMetadata();
        this.run = new MergeRun(
                metadata.getNamespace() + "/" + metadata.getName(),
                metadata.getCreationTimestamp(),
                history.nextNumber(),
                source.map(SourceView.Known::revision).orElse(null),
                parts.missing());
    }

    static MergeProgress of(Snapshot snapshot, List<LegStep> legs, Optional<SourceView.Known> source) {
        return Publishable.of(snapshot.build().getSpec(), legs)
                .filter(_ -> !isReleaseUnknown(snapshot, source))
                .map(parts -> new MergeDecision(snapshot, parts, source).progress())
                .orElseGet(NotYet::new);
    }

    /** External legs are there before the operator has looked for a release. */
    private static boolean isReleaseUnknown(Snapshot snapshot, Optional<SourceView.Known> source) {
        return source.isEmpty() && snapshot.build().getSpec().source().git().followsReleases();
    }

    private MergeProgress progress() {
        var published = history.image();
        if (history.areTagsSettled()
                && published
                        .filter(image -> wanted.content().equals(image.content()))
                        .isPresent()) {
            return new Current(fulfilling(published.orElseThrow()));
        }
        return after(published.map(PublishedImage::merge).orElse(""), REPEATS);
    }

    /** @param before the merge that comes before it: the published one, or one that has failed and is followed by another */
    private MergeProgress after(String before, int repeats) {
        var merge = wanted.named(snapshot.build(), before, spec, run, laterThanPublished());
        var name = merge.getMetadata().getName();
        return history.find(name)
                .map(found -> observed(found, repeats))
                .orElseGet(() -> unlessCancelled(name, () -> unlessOtherRuns(merge)));
    }

    /** Now, by a clock that may have been set back: the time in a tag grows from image to image. */
    private Instant laterThanPublished() {
        return history.image()
                .map(image -> Instant.parse(image.publishedAt()).plusSeconds(1))
                .filter(snapshot.now()::isBefore)
                .orElse(snapshot.now());
    }

    private MergeProgress unlessCancelled(String name, Supplier<MergeProgress> progress) {
        return Requests.of(snapshot.build()).cancels(name) ? new Cancelled(name) : progress.get();
    }

    private MergeProgress retried(MergeView merge, MergeState.Failed failed, Instant at) {
        if (snapshot.now().isBefore(at)) {
            var reason = failed.reason() == Reason.MergeNotStarted ? Reason.MergeNotStarted : Reason.WaitingForRegistry;
            return new Paused(merge.name(), reason, failed.message(), at);
        }
        return snapshot.build().getSpec().suspended() ? new NotYet() : new Again(merge.object());
    }

    /** The same content may come to fulfil another spec. It stays built from its commit: a later one has changed nothing of it. */
    private PublishedImage fulfilling(PublishedImage image) {
        return PublishedImageBuilder.builder(image)
                .revision(image.revision() == null ? run.revision() : image.revision())
                .spec(spec)
                .build();
    }

    private MergeProgress unlessOtherRuns(ManifestMerge merge) {
        if (snapshot.build().getSpec().suspended()) {
            return new NotYet();
        }
        return history.underWay().<MergeProgress>map(AfterOther::new).orElseGet(() -> new Due(merge));
    }

    private MergeProgress observed(MergeView merge, int repeats) {
        return switch (merge.state()) {
            case MergeState.UnderWay(var notStarted) ->
                notStarted
                        .<MergeProgress>map(message -> new Unstarted(merge.name(), message))
                        .orElseGet(() -> new Running(merge.name()));
            case MergeState.Succeeded(var image, var _) -> new Succeeded(ofThisRun(image));
            case MergeState.Failed failed -> failed(merge, failed, repeats);
        };
    }

    /** A registry that is rate-limiting never ends the attempts: {@link Admitted#backoffs} holds the next merge back. */
    private MergeProgress failed(MergeView merge, MergeState.Failed failed, int repeats) {
        if (failed.limitedBy().isPresent()) {
            return after(merge.name(), repeats);
        }
        if (failed.retryAt().isPresent()) {
            return unlessCancelled(
                    merge.name(), () -> retried(merge, failed, failed.retryAt().orElseThrow()));
        }
        return repeats > 0 && failed.mayBeRepeated()
                ? after(merge.name(), repeats - 1)
                : new Failed(merge.name(), failed.message());
    }

    private PublishedImage ofThisRun(PublishedImage image) {
        return PublishedImageBuilder.builder(image)
                .revision(run.revision())
                .spec(spec)
                .content(wanted.content())
                .build();
    }
}
