package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.Labels;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds a base that is made on itself by way of others: its build would wait for itself. */
final class BaseCycle {
    private BaseCycle() {}

    static Optional<BaseView> of(BackendBuild build, Function<String, Optional<BaseImage>> bases) {
        var start = build.getMetadata().getLabels().get(Labels.BASE);
        if (start == null || build.getSpec().base() == null) {
            return Optional.empty();
        }
        var path = new ArrayList<String>();
        path.add(start);
        @Nullable String next = build.getSpec().base().name();
        while (next != null && !path.contains(next)) {
            path.add(next);
            next = bases.apply(next).map(BaseCycle::parentOf).orElse(null);
        }
        if (!start.equals(next)) {
            return Optional.empty();
        }
        path.add(start);
        return Optional.of(new BaseView.Cycle(path));
    }

    private static @Nullable String parentOf(BaseImage base) {
        return base.getSpec().base() == null
                ? null
                : base.getSpec().base().ref().name();
    }
}
