package dev.trestle.core.admit;

import dev.trestle.api.ManifestMerge;
import dev.trestle.core.Labels;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.observe.MergeState;
import dev.trestle.core.observe.MergeView;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One leg or merge that asks a registry, and how the registry has taken it. */
public record RegistryUse(PodKey who, Instant startedAt, Answer answer) {
    /** The outcome. */
    public sealed interface Answer {
        /** Nothing that tells of this registry: it has not ended, or has failed otherwise. */
        record None() implements Answer {}

        /** It has gone well. */
        record Well(Instant at) implements Answer {}

        /**
         * The registry has answered 429 until the leg or the merge gave up.
         *
         * @param retryAt when the registry asks to be asked again, if it has said so
         */
        record Limited(Instant at, Optional<Instant> retryAt) implements Answer {}
    }

    /** The same, with nothing in it that is yet to come: ends are told by nodes, whose clocks may be ahead, starts by the API server. */
    RegistryUse seenAt(Instant now) {
        return new RegistryUse(
                who,
                startedAt,
                switch (answer) {
                    case Answer.None none -> none;
                    case Answer.Well(var at) -> new Answer.Well(at.isAfter(now) ? startedAt : at);
                    case Answer.Limited(var at, var retryAt) ->
                        new Answer.Limited(at.isAfter(now) ? startedAt : at, retryAt);
                });
    }

    /** The registries that the leg was started for. */
    public static List<String> registriesOf(Pod leg) {
        var annotations = leg.getMetadata().getAnnotations();
        var hosts = annotations == null ? null : annotations.get(Labels.REGISTRIES);
        return hosts == null ? List.of() : List.of(hosts.split(",", -1));
    }

    /** The registry that failed the leg by 429. The report of an untrusted leg could stop all builds, and is not believed. */
    public static Optional<String> limitedBy(Pod leg) {
        return Labels.UNTRUSTED.equals(leg.getMetadata().getLabels().get(Labels.TRUST))
                ? Optional.empty()
                : LegOutcome.limitedBy(leg);
    }

    /** The registry that failed the merge by 429. */
    public static Optional<String> limitedBy(ManifestMerge merge) {
        return MergeView.of(merge).failure().flatMap(MergeState.Failed::limitedBy);
    }

    /** @param limited whether this registry is the one of {@link #limitedBy(Pod)} */
    public static RegistryUse of(Pod leg, boolean limited) {
        var answer = limited
                ? Optional.<Answer>of(new Answer.Limited(LegOutcome.endOf(leg), Optional.empty()))
                : LegOutcome.pushedAt(leg).<Answer>map(Answer.Well::new);
        return of(leg.getMetadata(), answer.orElseGet(Answer.None::new));
    }

    /** @param limited whether this registry is the one of {@link #limitedBy(ManifestMerge)} */
    public static RegistryUse of(ManifestMerge merge, boolean limited) {
        var answer = switch (MergeView.of(merge).state()) {
            case MergeState.UnderWay _ -> new Answer.None();
            case MergeState.Succeeded(var _, var at) -> new Answer.Well(at);
            case MergeState.Failed failed ->
                failed.at()
                        .filter(_ -> limited)
                        .<Answer>map(at -> new Answer.Limited(at, failed.retryAt()))
                        .orElseGet(Answer.None::new);
        };
        return of(merge.getMetadata(), answer);
    }

    private static RegistryUse of(ObjectMeta metadata, Answer answer) {
        return new RegistryUse(
                new PodKey(metadata.getNamespace(), metadata.getName()),
                Instant.parse(metadata.getCreationTimestamp()),
                answer);
    }
}
