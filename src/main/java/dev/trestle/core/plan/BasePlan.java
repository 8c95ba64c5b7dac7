package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegStatus;
import dev.trestle.core.Names;
import dev.trestle.core.render.BaseBuild;
import dev.trestle.core.render.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what is done next for one base: keep its build as the base's spec says, and look again when it turns stale. */
public final class BasePlan {
    private BasePlan() {}

    /**
     * What to do for one base.
     *
     * @param apply the build as it must be, when it is not so yet
     * @param build the base's own build, once it is as it must be
     * @param nameTaken a build of that name belongs to somebody else
     * @param builtAt when the oldest of the base's legs was built
     * @param staleAt when the base will be older than it may
     */
    public record Decision(
            Optional<BackendBuild> apply,
            Optional<BackendBuild> build,
            boolean nameTaken,
            Optional<Instant> builtAt,
            Optional<Instant> staleAt) {

        /** When to look again although nothing has happened. */
        public Optional<Instant> wakeAt(Instant now) {
            return staleAt.filter(now::isBefore);
        }
    }

    public static Decision decide(BaseSnapshot snapshot) {
        var wanted = BaseBuild.of(snapshot.base());
        var taken = snapshot.build()
                .filter(build -> !Owner.owns(snapshot.base(), build))
                .isPresent();
        var own = snapshot.build().filter(build -> Owner.owns(snapshot.base(), build));
        var asWanted = own.filter(build -> build.getSpec().equals(wanted.getSpec()));
        var apply = taken || asWanted.isPresent() ? Optional.<BackendBuild>empty() : Optional.of(wanted);
        var builtAt = own.flatMap(BasePlan::oldestLeg).or(() -> lastBuiltAt(snapshot));
        return new Decision(apply, asWanted, taken, builtAt, staleAt(snapshot, builtAt));
    }

    public static String buildName(BaseSnapshot snapshot) {
        return Names.buildOfBase(snapshot.base().getMetadata().getName());
    }

    private static Optional<Instant> oldestLeg(BackendBuild build) {
        if (build.getStatus() == null || build.getStatus().image() == null) {
            return Optional.empty();
        }
        return legs(build)
                .map(LegStatus::built)
                .filter(Objects::nonNull)
                .map(BuiltLeg::finishedAt)
                .map(Instant::parse)
                .min(Instant::compareTo);
    }

    private static Stream<LegStatus> legs(BackendBuild build) {
        return build.getStatus() == null
                ? Stream.empty()
                : List.copyOf(build.getStatus().legs()).stream();
    }

    private static Optional<Instant> lastBuiltAt(BaseSnapshot snapshot) {
        return Optional.of(snapshot.status()).map(BaseImageStatus::builtAt).map(Instant::parse);
    }

    private static Optional<Instant> staleAt(BaseSnapshot snapshot, Optional<Instant> builtAt) {
        return Optional.ofNullable(snapshot.base().getSpec().maxAgeSeconds())
                .flatMap(seconds -> builtAt.map(at -> at.plusSeconds(seconds)));
    }
}
