package dev.trestle.core.plan;

import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.MergeRun;
import dev.trestle.api.PublishedImage;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the run's merge stands, once all its legs are done, or those that the publish policy waits for. */
final class MergeDecision {
    /** How often one content is merged anew after merges that another merge may follow. */
    private static final int REPEATS = 2 * GoneImages.REBUILDS;

    private final Snapshot snapshot;
    private final RunMerge wanted;
    private final MergeRun run;
    private final String spec;

    private MergeDecision(Snapshot snapshot, Publishable parts, Optional<SourceView.Known> source) {
        this.snapshot = snapshot;
        this.wanted =
                RunMerge.of(snapshot.build(), parts.built(), parts.missing(), source.flatMap(SourceView.Known::gitTag));
        this.spec = SpecHash.of(snapshot.build().getSpec());
        var metadata = snapshot.build().getMetadata();
        this.run = new MergeRun(
                metadata.getNamespace() + "/" + metadata.getName(),
                metadata.getCreationTimestamp(),
                RunNumber.next(snapshot),
                source.map(SourceView.Known::revision).orElse(null),
                parts.missing());
    }

    static MergeProgress of(Snapshot snapshot, List<LegStep> legs, Optional<SourceView.Known> source) {
        return Publishable.of(snapshot.build().getSpec(), legs)
                .filter(_ -> !isReleaseUnknown(snapshot, source))
                .map(parts -> new MergeDecision(snapshot, parts, source).progress())
                .orElseGet(NotYet::new);
    }

    /** Legs that are built elsewhere are there before anybody has looked for a release. */
    private static boolean isReleaseUnknown(Snapshot snapshot, Optional<SourceView.Known> source) {
        return source.isEmpty() && snapshot.build().getSpec().source().git().followsReleases();
    }

    private MergeProgress progress() {
        var published = Tags.image(snapshot);
        if (Tags.areSettled(snapshot)
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
        var existing = existing(merge);
        if (existing.isEmpty()) {
            return unlessCancelled(merge, () -> unlessOtherRuns(merge));
        }
        var found = existing.get();
        if (MergeEnd.isLimited(found)) {
            return after(found.getMetadata().getName(), repeats);
        }
        var retryAt = MergeEnd.retryAt(found);
        if (retryAt.isPresent()) {
            return unlessCancelled(found, () -> onceMore(found, retryAt.get()));
        }
        return repeats > 0 && MergeEnd.mayBeRepeated(found)
                ? after(found.getMetadata().getName(), repeats - 1)
                : observed(found);
    }

    /** Now, by a clock that may have been set back: the time in a tag grows from image to image. */
    private Instant laterThanPublished() {
        return Tags.image(snapshot)
                .map(image -> Instant.parse(image.publishedAt()).plusSeconds(1))
                .filter(snapshot.now()::isBefore)
                .orElse(snapshot.now());
    }

    private MergeProgress unlessCancelled(ManifestMerge merge, Supplier<MergeProgress> progress) {
        var name = merge.getMetadata().getName();
        return Requests.of(snapshot.build()).cancels(name) ? new Cancelled(name) : progress.get();
    }

    private MergeProgress onceMore(ManifestMerge failed, Instant at) {
        if (snapshot.now().isBefore(at)) {
            return new Paused(
                    failed.getMetadata().getName(), MergeEnd.pausedBy(failed), MergeEnd.messageOf(failed), at);
        }
        return snapshot.build().getSpec().suspended() ? new NotYet() : new Again(failed);
    }

    /** The same content may come to fulfil another spec. It stays built from its commit: a later one has changed nothing of it. */
    private PublishedImage fulfilling(PublishedImage image) {
        return new PublishedImage(
                image.digest(),
                image.repositories(),
                image.platforms(),
                image.publishedAt(),
                image.revision() == null ? run.revision() : image.revision(),
                image.merge(),
                image.number(),
                image.missing(),
                spec,
                image.content());
    }

    private MergeProgress unlessOtherRuns(ManifestMerge merge) {
        if (snapshot.build().getSpec().suspended()) {
            return new NotYet();
        }
        return underWay(snapshot).<MergeProgress>map(AfterOther::new).orElseGet(() -> new Due(merge));
    }

    /** @return name of a merge of this build that has not ended */
    static Optional<String> underWay(Snapshot snapshot) {
        return snapshot.merges().stream()
                .filter(merge -> MergeEnd.succeeded(merge) == ConditionStatus.Unknown)
                .map(merge -> merge.getMetadata().getName())
                .findFirst();
    }

    private MergeProgress observed(ManifestMerge merge) {
        var name = merge.getMetadata().getName();
        return switch (MergeEnd.succeeded(merge)) {
            case Unknown ->
                MergeEnd.heldUp(merge)
                        .<MergeProgress>map(message -> new Unstarted(name, message))
                        .orElseGet(() -> new Running(name));
            case False -> new Failed(name, MergeEnd.messageOf(merge));
            case True -> {
                var status = Objects.requireNonNull(merge.getStatus());
                yield new Succeeded(new PublishedImage(
                        Objects.requireNonNull(status.digest()),
                        snapshot.build().getSpec().image().repositories(),
                        status.platforms(),
                        Objects.requireNonNull(status.finishedAt()),
                        run.revision(),
                        name,
                        MergeEnd.numberOf(merge),
                        MergeEnd.missingOf(merge),
                        spec,
                        wanted.content()));
            }
        };
    }

    private Optional<ManifestMerge> existing(ManifestMerge merge) {
        return snapshot.merges().stream()
                .filter(found ->
                        found.getMetadata().getName().equals(merge.getMetadata().getName()))
                .findFirst();
    }
}
