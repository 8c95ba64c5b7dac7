package dev.trestle.core.offline;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseUse;
import dev.trestle.core.plan.Claims;
import dev.trestle.core.plan.Collision;
import dev.trestle.core.render.BaseBuild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** BackendBuilds and BaseImages as files have them, with the bases that the builds claim. */
public final class Specs {
    /** Files do not say which build is the elder; of equal age, the first by name is. */
    private static final String AGE = "1970-01-01T00:00:00Z";

    private static final String NAMESPACE = "default";

    /** A kind's name in its namespace. */
    record Name(String namespace, String name) implements Comparable<Name> {
        static Name of(HasMetadata object) {
            return new Name(
                    object.getMetadata().getNamespace(), object.getMetadata().getName());
        }

        @Override
        public int compareTo(Name other) {
            return name.equals(other.name) ? namespace.compareTo(other.namespace) : name.compareTo(other.name);
        }
    }

    private final Map<Name, BackendBuild> builds;
    private final Map<Name, Claims> claims = new HashMap<>();
    private final Map<Name, BackendBuild> bases = new TreeMap<>();

    /** Objects without a namespace are in {@code default}; of two of one name the last counts, as when they are applied. */
    public Specs(Collection<BackendBuild> builds, Collection<BaseImage> bases) {
        builds.forEach(Specs::complete);
        bases.forEach(Specs::complete);
        this.builds = builds.stream().collect(toMap(Name::of, identity(), (_, last) -> last, TreeMap::new));
        bases.forEach(base -> this.bases.put(Name.of(base), BaseBuild.of(base, Optional.empty())));
        claimed().forEach((name, build) -> this.bases.putIfAbsent(name, build));
    }

    private static void complete(HasMetadata object) {
        var metadata = object.getMetadata();
        metadata.setNamespace(Objects.requireNonNullElse(metadata.getNamespace(), NAMESPACE));
        metadata.setCreationTimestamp(AGE);
        metadata.setUid(object.getKind() + "/" + metadata.getNamespace() + "/" + metadata.getName());
    }

    private Map<Name, BackendBuild> claimed() {
        var claimed = new TreeMap<Name, BackendBuild>();
        for (var build : builds.values()) {
            baseOf(build)
                    .filter(base -> !claimed.containsKey(base))
                    .ifPresent(base -> claims(base)
                            .base()
                            .ifPresent(made -> claimed.put(base, BaseBuild.of(made, Optional.empty()))));
        }
        return claimed;
    }

    private Claims claims(Name base) {
        return claims.computeIfAbsent(
                base,
                name -> Claims.of(
                        name.name(),
                        builds.values().stream()
                                .filter(build -> Name.of(build).namespace().equals(name.namespace()))
                                .toList()));
    }

    static Optional<Name> baseOf(BackendBuild build) {
        return Optional.ofNullable(build.getSpec().base())
                .map(BaseUse::name)
                .map(name -> new Name(Name.of(build).namespace(), name));
    }

    Map<Name, BackendBuild> builds() {
        return builds;
    }

    /** The builds through which bases are built, by the name of the base. */
    Map<Name, BackendBuild> bases() {
        return bases;
    }

    /** Claims that the operator would refuse, since an elder build claims another base under that name. */
    public List<String> collisions() {
        return builds.values().stream()
                .flatMap(build -> baseOf(build).map(this::claims).flatMap(all -> all.collisionOf(build)).stream())
                .map(Collision::sentence)
                .toList();
    }

    /** Bases that a build or a base names and that no file has. */
    public List<String> missingBases() {
        return List.of(builds, bases).stream()
                .flatMap(all -> all.values().stream())
                .flatMap(build -> baseOf(build).stream())
                .filter(base -> !bases.containsKey(base))
                .map(Name::name)
                .distinct()
                .sorted()
                .toList();
    }
}
