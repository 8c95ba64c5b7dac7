package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseClaim;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
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
        base.setSpec(BaseImageSpecBuilder.builder()
                .source(new Source(elder.getSpec().source().git().withInputs(claim.inputs())))
                .dockerfile(claim.dockerfile())
                .context(claim.context())
                .target(claim.target())
                .buildArgs(claim.buildArgs())
                .base(claim.base())
                .platforms(platforms)
                .image(new ImageTarget(claim.repositories(), List.of(claim.name()), claim.pushSecret()))
                .trust(elder.getSpec().trust())
                .pullRequest(elder.getSpec().pullRequest())
                .baseline(elder.getSpec().trusted() ? null : new Baseline(claim.name()))
                .cache(claim.cache())
                .schedule(claim.schedule())
                .maxAgeSeconds(claim.maxAgeSeconds())
                .upstream(claim.upstream())
                .build());
        return base;
    }

    /** Whether it was made of claims, and is not user-managed. */
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
