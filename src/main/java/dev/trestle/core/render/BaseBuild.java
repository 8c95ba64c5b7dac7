package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseUse;
import dev.trestle.api.Baseline;
import dev.trestle.api.Leg;
import dev.trestle.api.Refresh;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Optional;

/** The BackendBuild through which a base is built. */
public final class BaseBuild {
    private BaseBuild() {}

    /** @param refresh the token of a rebuild without changed inputs, if one is due */
    public static BackendBuild of(BaseImage base, Optional<String> refresh) {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder()
                .withName(Names.buildOfBase(base.getMetadata().getName()))
                .withNamespace(base.getMetadata().getNamespace())
                .withLabels(Labels.sorted(Map.of(
                        Labels.MANAGED_BY,
                        Labels.TRESTLE,
                        Labels.BASE,
                        base.getMetadata().getName())))
                .withOwnerReferences(Owner.of(base))
                .build());
        build.setSpec(specOf(base, refresh));
        return build;
    }

    private static BackendBuildSpec specOf(BaseImage base, Optional<String> refresh) {
        var spec = base.getSpec();
        return BackendBuildSpecBuilder.builder()
                .source(spec.source())
                .dockerfile(spec.dockerfile())
                .context(spec.context())
                .target(spec.target())
                .buildArgs(spec.buildArgs())
                .base(
                        spec.base() == null
                                ? null
                                : BaseUse.of(spec.base().ref(), spec.base().arg()))
                .legs(spec.platforms().stream().map(Leg::on).toList())
                .image(spec.image())
                .cache(spec.cache())
                .refresh(refresh.map(Refresh::of).orElse(null))
                .trust(spec.trust())
                .pullRequest(spec.pullRequest())
                .baseline(Optional.ofNullable(spec.baseline())
                        .map(baseline -> new Baseline(Names.buildOfBase(baseline.name())))
                        .orElse(null))
                .suspend(spec.suspend())
                .build();
    }
}
