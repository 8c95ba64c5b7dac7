package dev.trestle.core.plan;

import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.PublishedImage;
import dev.trestle.core.Platform;
import dev.trestle.core.plan.LegProgress.Done;
import dev.trestle.core.plan.MergeProgress.AfterOther;
import dev.trestle.core.plan.MergeProgress.Current;
import dev.trestle.core.plan.MergeProgress.Failed;
import dev.trestle.core.plan.MergeProgress.NotYet;
import dev.trestle.core.plan.MergeProgress.Running;
import dev.trestle.core.plan.MergeProgress.Start;
import dev.trestle.core.plan.MergeProgress.Succeeded;
import dev.trestle.core.render.RunMerge;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the run's merge stands, once all its legs are done. */
final class MergeDecision {
    private MergeDecision() {}

    static MergeProgress of(Snapshot snapshot, List<LegStep> legs, Optional<SourceView.Known> source) {
        var revision = source.map(SourceView.Known::revision);
        var built = builtLegs(legs);
        if (built.size() < legs.size()) {
            return new NotYet();
        }
        var published = Tags.image(snapshot);
        var wanted = RunMerge.of(snapshot.build(), built);
        var spec = SpecHash.of(snapshot.build().getSpec());
        if (Tags.areSettled(snapshot)
                && published
                        .filter(image -> wanted.content().equals(image.content()))
                        .isPresent()) {
            return new Current(fulfilling(published.orElseThrow(), spec, revision));
        }
        var before = published.map(PublishedImage::merge).orElse("");
        var merge = wanted.named(snapshot.build(), before, spec, revision.orElse(""), snapshot.now());
        return existing(snapshot, merge)
                .map(found -> observed(found, snapshot, wanted, spec, revision))
                .orElseGet(() -> unlessOtherRuns(snapshot, merge));
    }

    private static SortedMap<Platform, BuiltLeg> builtLegs(List<LegStep> legs) {
        var built = new TreeMap<Platform, BuiltLeg>();
        for (var step : legs) {
            if (step.progress() instanceof Done(var image, var _)) {
                built.put(Platform.parse(step.leg().platform()), image);
            }
        }
        return built;
    }

    /** The same content may come to fulfil another spec. It stays built from its commit: a later one has changed nothing of it. */
    private static PublishedImage fulfilling(PublishedImage image, String spec, Optional<String> revision) {
        return new PublishedImage(
                image.digest(),
                image.repositories(),
                image.platforms(),
                image.publishedAt(),
                Optional.ofNullable(image.revision()).or(() -> revision).orElse(null),
                image.merge(),
                image.number(),
                image.missing(),
                spec,
                image.content());
    }

    private static MergeProgress unlessOtherRuns(Snapshot snapshot, ManifestMerge merge) {
        if (snapshot.build().getSpec().suspended()) {
            return new NotYet();
        }
        return underWay(snapshot).<MergeProgress>map(AfterOther::new).orElseGet(() -> new Start(merge));
    }

    /** @return name of a merge of this build that has not ended */
    static Optional<String> underWay(Snapshot snapshot) {
        return snapshot.merges().stream()
                .filter(merge -> succeeded(merge) == ConditionStatus.Unknown)
                .map(merge -> merge.getMetadata().getName())
                .findFirst();
    }

    private static MergeProgress observed(
            ManifestMerge merge, Snapshot snapshot, RunMerge wanted, String spec, Optional<String> revision) {
        var name = merge.getMetadata().getName();
        return switch (succeeded(merge)) {
            case Unknown -> new Running(name);
            case False -> new Failed(name, messageOf(merge));
            case True -> {
                var status = Objects.requireNonNull(merge.getStatus());
                yield new Succeeded(new PublishedImage(
                        Objects.requireNonNull(status.digest()),
                        snapshot.build().getSpec().image().repositories(),
                        status.platforms(),
                        Objects.requireNonNull(status.finishedAt()),
                        revision.orElse(null),
                        name,
                        numberOf(merge),
                        missingOf(merge),
                        spec,
                        wanted.content()));
            }
        };
    }

    static @Nullable Long numberOf(ManifestMerge merge) {
        var run = merge.getSpec().run();
        return run == null ? null : run.number();
    }

    static List<String> missingOf(ManifestMerge merge) {
        var run = merge.getSpec().run();
        return run == null ? List.of() : run.missing();
    }

    static ConditionStatus succeeded(ManifestMerge merge) {
        return succeededCondition(merge).map(Condition::status).orElse(ConditionStatus.Unknown);
    }

    private static String messageOf(ManifestMerge merge) {
        return succeededCondition(merge).map(Condition::message).orElse("");
    }

    private static Optional<Condition> succeededCondition(ManifestMerge merge) {
        return Optional.ofNullable(merge.getStatus())
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> condition.type().equals("Succeeded"))
                        .findFirst());
    }

    private static Optional<ManifestMerge> existing(Snapshot snapshot, ManifestMerge merge) {
        return snapshot.merges().stream()
                .filter(found ->
                        found.getMetadata().getName().equals(merge.getMetadata().getName()))
                .findFirst();
    }
}
