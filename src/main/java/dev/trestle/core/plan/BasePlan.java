package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.Names;
import dev.trestle.core.render.BaseBuild;
import dev.trestle.core.render.Owner;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides the next step of one base: keep it as its claims say, keep its build as the base says, and look again when it turns stale or
 * its schedule is due.
 */
public final class BasePlan {
    private BasePlan() {}

    /**
     * The next writes of one base.
     *
     * @param replace the base as its claims have it, when it is not so yet
     * @param isAbandoned no build claims it any more
     * @param apply the build as it must be, when it differs; fields that another writer has set go
     * @param build the base's own build, whether or not it is as it must be
     * @param isApplied the build is as it must be
     * @param nameTaken a build of that name belongs to another owner
     * @param builtAt when the oldest leg of the published image was built
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

        /** When to look again although nothing has happened; another object that has the build's name sends no event when it goes. */
        public Optional<Instant> wakeAt(Instant now) {
            var retry =
                    nameTaken || refusal.isPresent() ? Optional.of(now.plus(Refusal.RETRY)) : Optional.<Instant>empty();
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
        var builtAt = PublishedAge.of(own, snapshot.status());
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

    private static Optional<Instant> staleAt(BaseSnapshot snapshot, Optional<Instant> builtAt) {
        return Optional.ofNullable(snapshot.base().getSpec().maxAgeSeconds())
                .flatMap(seconds -> builtAt.map(at -> at.plusSeconds(seconds)));
    }
}
