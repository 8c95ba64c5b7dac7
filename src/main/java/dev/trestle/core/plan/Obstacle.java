package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseUse.Unavailable;
import dev.trestle.api.GitSource;
import dev.trestle.api.Leg;
import dev.trestle.api.Reason;
import dev.trestle.core.plan.LegProgress.Waiting;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The reason why a leg cannot be planned yet: the status shows the first that applies. */
final class Obstacle {
    private interface Check {
        Optional<Waiting> of(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source);
    }

    private static final List<Check> CHECKS =
            List.of(Obstacle::noRight, Obstacle::conflict, Obstacle::noPool, Obstacle::noSource, Obstacle::noBase);

    private Obstacle() {}

    static Optional<Waiting> of(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        return CHECKS.stream()
                .flatMap(check -> check.of(snapshot, leg, source).stream())
                .findFirst();
    }

    private static Optional<Waiting> noRight(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        return PublishRight.denial(snapshot.build(), snapshot.configuration().repositories())
                .map(denial -> new Waiting(Reason.RepositoryDenied, denial));
    }

    private static Optional<Waiting> conflict(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        return snapshot.conflict().map(conflict -> new Waiting(Reason.ReferenceConflict, conflict.sentence()));
    }

    private static Optional<Waiting> noPool(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        var named = Optional.ofNullable(leg.pool());
        if (snapshot.configuration()
                .poolFor(
                        named,
                        leg.effectiveBuildPlatform(),
                        snapshot.build().getSpec().effectiveTrust())
                .isPresent()) {
            return Optional.empty();
        }
        var wanted = named.map(name -> "Pool '" + name + "'").orElse("No pool");
        var trusted = snapshot.build().getSpec().trusted();
        var verb = named.isPresent() ? "does not build" : "builds";
        return Optional.of(new Waiting(
                Reason.NoPool,
                "%s %s%s on '%s'. Add the platform to a pool of the operator's configuration%s."
                        .formatted(
                                wanted,
                                verb,
                                trusted ? "" : " what is untrusted",
                                leg.effectiveBuildPlatform(),
                                trusted ? "" : ", one that is not privileged")));
    }

    private static Optional<Waiting> noSource(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        if (source.isPresent()) {
            return Optional.empty();
        }
        var git = snapshot.build().getSpec().source().git();
        return Optional.of(
                switch (snapshot.source()) {
                    case SourceView.Unavailable(var message) -> new Waiting(Reason.SourceUnavailable, message);
                    case SourceView.Known head
                    when Releases.isOvertaken(snapshot, head) -> withdrawn(snapshot, head, git);
                    case SourceView.Known _, SourceView.Unresolved _ ->
                        new Waiting(
                                Reason.ResolvingSource,
                                "Looking up '%s' in '%s'."
                                        .formatted(Objects.requireNonNullElse(git.ref(), git.revision()), git.url()));
                });
    }

    private static Waiting withdrawn(Snapshot snapshot, SourceView.Known head, GitSource git) {
        return new Waiting(
                Reason.SourceUnavailable,
                "Release '%s' is gone from '%s', and '%s' is lower. Push it again, or a higher version."
                        .formatted(
                                Releases.overtaking(snapshot, head).orElse(""),
                                git.url(),
                                head.gitTag().orElse("")));
    }

    private static Optional<Waiting> noBase(Snapshot snapshot, Leg leg, Optional<SourceView.Known> source) {
        var platform = leg.effectiveBuildPlatform();
        if (doesWithout(snapshot.build()) && isOnlyUnavailable(snapshot.base())) {
            return Optional.empty();
        }
        return switch (snapshot.base()) {
            case BaseView.Refused(var message) -> Optional.of(new Waiting(Reason.BaseConflict, message));
            case BaseView.Cycle(var path) ->
                Optional.of(new Waiting(
                        Reason.BaseCycle,
                        "The base is made on itself: %s. Take one 'base' out.".formatted(String.join(" -> ", path))));
            case BaseView.None _ -> Optional.empty();
            case BaseView.NotFound(var name) -> Optional.of(notFound(snapshot.build(), name));
            case BaseView.NotBuilt(var name) ->
                Optional.of(waiting(snapshot, "BaseImage '%s' has no image yet.".formatted(name)));
            case BaseView.Available(var name, var images, var declared) ->
                images.containsKey(platform)
                        ? Optional.empty()
                        : Optional.of(platformMissing(snapshot, name, platform, declared));
        };
    }

    private static Waiting waiting(Snapshot snapshot, String lacks) {
        return snapshot.baseImage()
                .flatMap(base -> StoppedBase.of(base, lacks))
                .orElseGet(() -> new Waiting(Reason.WaitingForBase, lacks));
    }

    private static Waiting notFound(BackendBuild build, String base) {
        return claims(build)
                ? new Waiting(
                        Reason.WaitingForBase, "BaseImage '%s' is being made of this build's claim.".formatted(base))
                : new Waiting(
                        Reason.BaseNotFound,
                        "BaseImage '%s' does not exist in namespace '%s'. Apply it; the build then starts by itself."
                                .formatted(base, build.getMetadata().getNamespace()));
    }

    private static boolean claims(BackendBuild build) {
        var use = build.getSpec().base();
        return use != null && use.claim() != null;
    }

    private static boolean doesWithout(BackendBuild build) {
        var use = build.getSpec().base();
        return use != null && use.unavailable() == Unavailable.FromSource;
    }

    /** A claimed base gets the platforms of its consumers by itself. */
    private static Waiting platformMissing(Snapshot snapshot, String base, String platform, List<String> declared) {
        return declared.contains(platform) || claims(snapshot.build())
                ? waiting(snapshot, "BaseImage '%s' has no image for '%s' yet.".formatted(base, platform))
                : new Waiting(
                        Reason.BasePlatformMissing,
                        "BaseImage '%s' has no image for '%s'. Add the platform to its 'spec.platforms'."
                                .formatted(base, platform));
    }

    /** A base that the Dockerfile can do without. */
    private static boolean isOnlyUnavailable(BaseView base) {
        return switch (base) {
            case BaseView.NotFound _, BaseView.NotBuilt _, BaseView.Available _ -> true;
            case BaseView.None _, BaseView.Refused _, BaseView.Cycle _ -> false;
        };
    }
}
