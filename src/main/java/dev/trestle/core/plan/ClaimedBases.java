package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.render.ClaimedBase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The writes of a build, and of a base, for a claimed base that differs from its claims. */
final class ClaimedBases {
    private ClaimedBases() {}

    /** A consumer makes its base, and adds itself to it; only the base's own pass takes anything away. */
    static Optional<Action> forConsumer(Snapshot snapshot) {
        if (snapshot.base() instanceof BaseView.Refused) {
            return Optional.empty();
        }
        return snapshot.claims()
                .base()
                .flatMap(wanted -> snapshot.baseImage()
                        .map(existing -> grown(existing, wanted, snapshot.build()))
                        .orElseGet(() -> Optional.of(new Action.CreateBase(wanted))));
    }

    private static Optional<Action> grown(BaseImage existing, BaseImage wanted, BackendBuild consumer) {
        var hasMe = ownerUids(existing).contains(consumer.getMetadata().getUid());
        return hasMe && covers(existing, wanted)
                ? Optional.empty()
                : Optional.of(new Action.ReplaceBase(like(existing, wanted)));
    }

    private static boolean covers(BaseImage existing, BaseImage wanted) {
        return new HashSet<>(existing.getSpec().platforms())
                .containsAll(wanted.getSpec().platforms());
    }

    /** The base as its claims have it now, when it is not so. */
    static Optional<BaseImage> replacement(BaseSnapshot snapshot) {
        if (!ClaimedBase.isOne(snapshot.base())) {
            return Optional.empty();
        }
        return Claims.of(snapshot.name(), snapshot.consumers())
                .base()
                .filter(wanted -> !wanted.getSpec().equals(snapshot.base().getSpec())
                        || !ownerUids(wanted).equals(ownerUids(snapshot.base())))
                .map(wanted -> like(snapshot.base(), wanted));
    }

    /** Every build that owns it is there and claims another base; of owners that are gone the garbage collector knows. */
    static boolean isAbandoned(BaseSnapshot snapshot) {
        var owners = ownerUids(snapshot.base());
        return ClaimedBase.isOne(snapshot.base())
                && !owners.isEmpty()
                && Claims.of(snapshot.name(), snapshot.consumers()).agreeing().isEmpty()
                && uids(snapshot.formerConsumers()).containsAll(owners);
    }

    /** Annotations of users stay; the version makes sure that no concurrent change is lost. */
    private static BaseImage like(BaseImage existing, BaseImage wanted) {
        var next = new BaseImage();
        next.setMetadata(new ObjectMetaBuilder(existing.getMetadata())
                .withOwnerReferences(wanted.getMetadata().getOwnerReferences())
                .withManagedFields(List.of())
                .build());
        next.setSpec(wanted.getSpec());
        return next;
    }

    private static Set<String> ownerUids(HasMetadata base) {
        return base.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .collect(Collectors.toSet());
    }

    private static Set<String> uids(Collection<BackendBuild> builds) {
        return builds.stream()
                .map(build -> Objects.requireNonNull(build.getMetadata().getUid()))
                .collect(Collectors.toSet());
    }
}
