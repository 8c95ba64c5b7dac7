package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseClaim;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpec;
import dev.trestle.api.Baseline;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.Source;
import dev.trestle.core.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;

/** The BaseImage that claims come to. Its consumers own it together: it goes with the last of them, and its images stay. */
public final class ClaimedBase {
    private ClaimedBase() {}

    /**
     * @param elder whose repository the base is made from
     * @param consumers all that share it
     */
    public static BaseImage of(
            BackendBuild elder, BaseClaim claim, List<String> platforms, List<BackendBuild> consumers) {
        var base = new BaseImage();
        base.setMetadata(new ObjectMetaBuilder()
                .withName(claim.name() + elder.getSpec().variant())
                .withNamespace(elder.getMetadata().getNamespace())
                .withLabels(Labels.sorted(Map.of(Labels.MANAGED_BY, Labels.TRESTLE, Labels.CLAIMED, "true")))
                .withOwnerReferences(consumers.stream().map(ClaimedBase::owner).toList())
                .build());
        base.setSpec(new BaseImageSpec(
                new Source(elder.getSpec().source().git().withInputs(claim.inputs())),
                claim.dockerfile(),
                claim.context(),
                claim.target(),
                claim.buildArgs(),
                claim.base(),
                platforms,
                new ImageTarget(claim.repositories(), List.of(claim.name()), claim.pushSecret()),
                claim.cache(),
                claim.schedule(),
                claim.maxAgeSeconds(),
                claim.upstream(),
                elder.getSpec().trust(),
                elder.getSpec().pullRequest(),
                elder.getSpec().trusted() ? null : new Baseline(claim.name()),
                null));
        return base;
    }

    /** Whether it was made of claims, and not applied by somebody. */
    public static boolean isOne(HasMetadata base) {
        return "true".equals(base.getMetadata().getLabels().get(Labels.CLAIMED));
    }

    /** None of many owners is the controller. */
    private static OwnerReference owner(BackendBuild consumer) {
        return new OwnerReferenceBuilder()
                .withApiVersion(consumer.getApiVersion())
                .withKind(consumer.getKind())
                .withName(consumer.getMetadata().getName())
                .withUid(consumer.getMetadata().getUid())
                .build();
    }
}
