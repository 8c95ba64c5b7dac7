package dev.trestle.core.plan;

import dev.trestle.api.PublishedImage;
import dev.trestle.api.Refresh;
import dev.trestle.core.Labels;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.inputs.Moved;
import dev.trestle.core.refresh.RefreshToken;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the cause of a leg: the most urgent of all inputs that have changed. */
final class Causes {
    private Causes() {}

    /** @param moved differences from the leg's last image; none when it has none, or when its anchor has lost it */
    static Cause of(Snapshot snapshot, List<Moved> moved) {
        if (moved.isEmpty()
                || isOfAnotherSpec(snapshot)
                || Requests.of(snapshot.build()).retries()) {
            return Cause.Request;
        }
        return moved.stream()
                .map(input -> of(snapshot, input))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Cause of(Snapshot snapshot, Moved input) {
        return switch (input.kind()) {
            case Recipe, BuildArgs, Request -> Cause.Request;
            case Source -> Cause.Source;
            case Base -> Cause.Wave;
            case Refresh -> isByHand(snapshot, input) ? Cause.Request : Cause.Refresh;
        };
    }

    /** Another base, too, is no wave when the spec names it. */
    private static boolean isOfAnotherSpec(Snapshot snapshot) {
        return snapshot.history()
                .image()
                .map(PublishedImage::spec)
                .filter(spec -> !spec.equals(SpecHash.of(snapshot.build().getSpec())))
                .isPresent();
    }

    /** The build of a base has its token from the base, where people and schedules ask; any other has it from people. */
    private static boolean isByHand(Snapshot snapshot, Moved refresh) {
        if (snapshot.build().getMetadata().getLabels().containsKey(Labels.BASE)) {
            return refresh.to()
                    .flatMap(RefreshToken::requestIn)
                    .filter(request ->
                            !Optional.of(request).equals(refresh.from().flatMap(RefreshToken::requestIn)))
                    .isPresent();
        }
        return Optional.ofNullable(snapshot.build().getSpec().refresh())
                .map(Refresh::token)
                .isPresent();
    }
}
