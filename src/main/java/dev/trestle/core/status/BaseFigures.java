package dev.trestle.core.status;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.LegStatus;
import dev.trestle.core.plan.BaseView;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Staleness of a base and of its consumers, as their statuses report it. */
public final class BaseFigures {
    private BaseFigures() {}

    /** Whether an input of the base has changed since it was built. */
    public static boolean hasMovedInputs(BaseImage base) {
        return base.getStatus() != null
                && base.getStatus().image() != null
                && base.getStatus().conditions().stream()
                        .anyMatch(condition ->
                                condition.type().equals("UpToDate") && condition.status() == ConditionStatus.False);
    }

    /**
     * Whether a leg of the published image was made on another image of its base than the base's present one.
     *
     * @return empty when the build has no base, or one of the two has no image
     */
    public static Optional<Boolean> isOlderThanBase(BackendBuild build, Collection<BaseImage> bases) {
        var name = build.getSpec().baseName();
        if (name.isEmpty() || build.getStatus() == null || build.getStatus().image() == null) {
            return Optional.empty();
        }
        return bases.stream()
                .filter(base -> isNamed(base, build.getMetadata().getNamespace(), name.get()))
                .findFirst()
                .map(base -> BaseView.ofExisting(name.get(), base))
                .filter(BaseView.Available.class::isInstance)
                .map(base -> build.getSpec().legs().stream().anyMatch(leg -> isOlder(build, leg, base)));
    }

    private static boolean isNamed(BaseImage base, String namespace, String name) {
        return namespace.equals(base.getMetadata().getNamespace())
                && name.equals(base.getMetadata().getName());
    }

    private static boolean isOlder(BackendBuild build, Leg leg, BaseView base) {
        var present = base.imageFor(leg.effectiveBuildPlatform());
        return present != null
                && builtOn(build, leg).filter(image -> !image.equals(present)).isPresent();
    }

    private static Optional<String> builtOn(BackendBuild build, Leg leg) {
        return Objects.requireNonNull(build.getStatus())
                .leg(leg.platform())
                .map(LegStatus::built)
                .map(BuiltLeg::inputs)
                .flatMap(inputs -> inputs.stream()
                        .filter(input -> input.kind() == InputKind.Base)
                        .map(Input::value)
                        .findFirst());
    }
}
