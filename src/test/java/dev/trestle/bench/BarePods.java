package dev.trestle.bench;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Leg;
import dev.trestle.core.Labels;
import dev.trestle.core.Sources;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.render.LegPlan;
import dev.trestle.core.render.LegPod;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** The floor: pods just as the operator renders them, created without it. */
final class BarePods {
    private final Configuration configuration;

    BarePods(Configuration configuration) {
        this.configuration = configuration;
    }

    /** One pod per leg. No owner and no managed-by label, so neither the operator nor the garbage collector looks at them. */
    List<Pod> of(BackendBuild build, String prefix) {
        build.getMetadata().setUid("00000000-0000-0000-0000-000000000000");
        return build.getSpec().legs().stream()
                .map(leg -> of(build, leg, prefix))
                .toList();
    }

    private Pod of(BackendBuild build, Leg leg, String prefix) {
        var revision = String.valueOf(build.getSpec().source().git().revision());
        var inputs = LegInputs.of(build.getSpec(), leg, Sources.filesAt(revision), Optional.empty());
        var pool = configuration
                .poolFor(Optional.ofNullable(leg.pool()), leg.platform())
                .orElseThrow(() -> new IllegalStateException(
                        "The operator's configuration has no pool '%s'. Install it through: make bench"
                                .formatted(leg.pool())));
        var plan = new LegPlan(
                leg,
                pool,
                revision,
                Optional.empty(),
                inputs,
                1,
                List.of(),
                Cause.Request,
                List.of(),
                List.of("Never built"));
        var pod = LegPod.of(build, plan, configuration);
        pod.getMetadata().setName(prefix + pod.getMetadata().getName());
        pod.getMetadata().setOwnerReferences(List.of());
        pod.getMetadata().getLabels().remove(Labels.MANAGED_BY);
        return pod;
    }
}
