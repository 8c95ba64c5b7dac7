package dev.trestle.core.plan;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Refresh;
import dev.trestle.core.refresh.RefreshPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Inputs that come with no commit: the period of the refresh, and requests by annotation or by a release. */
final class Asked {
    private Asked() {}

    static List<Input> of(Snapshot snapshot, SourceView.Known source) {
        return Stream.of(
                        period(snapshot).map(period -> input(snapshot, period)).stream(),
                        Requests.of(snapshot.build()).inputs().stream(),
                        release(snapshot, source).stream())
                .flatMap(inputs -> inputs)
                .toList();
    }

    /** A release that is to be built again, though its inputs may be equal. */
    private static Optional<Input> release(Snapshot snapshot, SourceView.Known source) {
        return source.gitTag()
                .filter(_ -> snapshot.build().getSpec().source().git().forces())
                .map(tag -> new Input(InputKind.Request, "release", tag));
    }

    static Optional<Instant> nextRefresh(Snapshot snapshot) {
        return period(snapshot).map(RefreshPeriod::next);
    }

    /** Named by the ARG that receives it; without one, nothing of the leg may come from the cache. */
    private static Input input(Snapshot snapshot, RefreshPeriod period) {
        var arg = Optional.ofNullable(snapshot.build().getSpec().refresh())
                .map(Refresh::arg)
                .orElse(null);
        return new Input(InputKind.Refresh, arg, period.label());
    }

    private static Optional<RefreshPeriod> period(Snapshot snapshot) {
        var metadata = snapshot.build().getMetadata();
        return Optional.ofNullable(snapshot.build().getSpec().refresh())
                .map(Refresh::period)
                .map(period ->
                        RefreshPeriod.at(snapshot.now(), period, metadata.getNamespace() + "/" + metadata.getName()));
    }
}
