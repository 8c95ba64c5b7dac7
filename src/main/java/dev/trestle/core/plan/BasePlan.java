package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegStatus;
import dev.trestle.core.Names;
import dev.trestle.core.render.BaseBuild;
import dev.trestle.core.render.Owner;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what is done next for one base: keep it as its claims say, keep its build as the base says, and look again when it turns stale
 * or its schedule comes round.
 */
public final class BasePlan {
    private BasePlan() {}

    /**
     * What to do for one base.
     *
     * @param replace the base as its claims have it, when it is not so yet
     * @param isAbandoned nobody claims it any more
     * @param apply the build as it must be, when it is not so yet
     * @param build the base's own build, whether or not it is as it must be
     * @param isApplied the build is as it must be
     * @param nameTaken a build of that name belongs to somebody else
     * @param builtAt when the oldest of the base's legs was built
     * @param staleAt when the base will be older than it may
     * @param refusal the API server's words, when it has refused the base as its claims have it, or the build
     */
    public record Decision(
            Optional<BaseImage> replace,
            boolean isAbandoned,
            Optional<BackendBuild> apply,
            Optional<BackendBuild> build,
            boolean isApplied,
            boolean nameTaken,
            BaseRefresh refresh,
            Optional<Instant> builtAt,
            Optional<Instant> staleAt,
            Optional<String> refusal) {

        /** The same decision after the API server has refused the build, with its words. */
        public Decision refused(Optional<String> message) {
            return new Decision(
                    replace, isAbandoned, apply, build, isApplied, nameTaken, refresh, builtAt, staleAt, message);
        }

        /** When to look again although nothing has happened. */
        public Optional<Instant> wakeAt(Instant now) {
            var retry = refusal.map(_ -> now.plus(Refusal.RETRY));
            return Stream.of(staleAt, refresh.nextAt(), retry)
                    .flatMap(Optional::stream)
                    .filter(now::isBefore)
                    .min(Instant::compareTo);
        }
    }

    public static Decision decide(BaseSnapshot snapshot) {
        var refresh = BaseRefresh.of(snapshot);
        var replace = ClaimedBases.replacement(snapshot);
        var wanted = BaseBuild.of(replace.orElse(snapshot.base()), refresh.token());
        var taken = snapshot.build()
                .filter(build -> !Owner.owns(snapshot.base(), build))
                .isPresent();
        var own = snapshot.build().filter(build -> Owner.owns(snapshot.base(), build));
        var isApplied =
                own.filter(build -> build.getSpec().equals(wanted.getSpec())).isPresent();
        var isDue = !taken && !isApplied && refresh.isKnown();
        var builtAt = own.flatMap(BasePlan::oldestLeg).or(() -> lastBuiltAt(snapshot));
        return new Decision(
                replace,
                ClaimedBases.isAbandoned(snapshot),
                isDue ? Optional.of(wanted) : Optional.empty(),
                own,
                isApplied,
                taken,
                refresh,
                builtAt,
                staleAt(snapshot, builtAt),
                Optional.empty());
    }

    public static String buildName(BaseSnapshot snapshot) {
        return Names.buildOfBase(snapshot.name());
    }

    private static Optional<Instant> oldestLeg(BackendBuild build) {
        if (build.getStatus() == null || build.getStatus().image() == null) {
            return Optional.empty();
        }
        return build.getStatus().legs().stream()
                .map(LegStatus::built)
                .filter(Objects::nonNull)
                .map(BuiltLeg::finishedAt)
                .map(Instant::parse)
                .min(Instant::compareTo);
    }

    private static Optional<Instant> lastBuiltAt(BaseSnapshot snapshot) {
        return Optional.of(snapshot.status()).map(BaseImageStatus::builtAt).map(Instant::parse);
    }

    private static Optional<Instant> staleAt(BaseSnapshot snapshot, Optional<Instant> builtAt) {
        return Optional.ofNullable(snapshot.base().getSpec().maxAgeSeconds())
                .flatMap(seconds -> builtAt.map(at -> at.plusSeconds(seconds)));
    }
}
