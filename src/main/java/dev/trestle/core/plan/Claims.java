package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseClaim;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseUse;
import dev.trestle.api.Leg;
import dev.trestle.core.render.ClaimedBase;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All claims of one name in one namespace, and the one base that they come to: made as the elder's claim says, for the platforms of all
 * builds whose claim is equal. A function of the builds alone, so neither their order nor a restart changes the base.
 *
 * @param agreeing builds whose claim equals the elder's, elder first
 * @param others builds that claim another base under the same name
 */
public record Claims(List<BackendBuild> agreeing, List<BackendBuild> others) {
    public static final Claims NONE = new Claims(List.of(), List.of());

    public Claims {
        agreeing = List.copyOf(agreeing);
        others = List.copyOf(others);
    }

    /** @param builds of one namespace; those that claim no base of this name are left out */
    public static Claims of(String name, Collection<BackendBuild> builds) {
        var claimants = builds.stream()
                .filter(build -> claimOf(build).isPresent())
                .filter(build -> build.getSpec().baseName().equals(Optional.of(name)))
                .filter(build -> build.getMetadata().getDeletionTimestamp() == null)
                .sorted(ByAge.TRUSTED_FIRST)
                .toList();
        if (claimants.isEmpty()) {
            return NONE;
        }
        var elder = claimants.getFirst();
        return new Claims(
                claimants.stream()
                        .filter(build -> Collision.between(elder, build).isEmpty())
                        .toList(),
                claimants.stream()
                        .filter(build -> Collision.between(elder, build).isPresent())
                        .toList());
    }

    static Optional<BaseClaim> claimOf(BackendBuild build) {
        return Optional.ofNullable(build.getSpec().base()).map(BaseUse::claim);
    }

    /** Why this build must not have the base, if so. */
    public Optional<Collision> collisionOf(BackendBuild build) {
        return others.stream()
                .filter(other -> Objects.equals(
                        other.getMetadata().getUid(), build.getMetadata().getUid()))
                .findFirst()
                .flatMap(other -> Collision.between(agreeing.getFirst(), other));
    }

    /** The base as the claims have it; empty when there is none. */
    public Optional<BaseImage> base() {
        return agreeing.stream()
                .findFirst()
                .map(elder -> ClaimedBase.of(elder, claimOf(elder).orElseThrow(), platforms(), agreeing));
    }

    private List<String> platforms() {
        var platforms = new TreeSet<String>();
        agreeing.forEach(build -> build.getSpec().legs().stream()
                .filter(leg -> !leg.isExternal())
                .map(Leg::effectiveBuildPlatform)
                .forEach(platforms::add));
        return List.copyOf(platforms);
    }
}
