package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
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

    /** @param refresh the token of what asks for a rebuild although nothing has moved, if anything has */
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
        return new BackendBuildSpec(
                spec.source(),
                spec.dockerfile(),
                spec.context(),
                spec.target(),
                spec.buildArgs(),
                spec.base() == null
                        ? null
                        : BaseUse.of(spec.base().ref(), spec.base().arg()),
                spec.platforms().stream().map(Leg::on).toList(),
                spec.image(),
                spec.cache(),
                refresh.map(Refresh::of).orElse(null),
                null,
                spec.trust(),
                spec.pullRequest(),
                Optional.ofNullable(spec.baseline())
                        .map(baseline -> new Baseline(Names.buildOfBase(baseline.name())))
                        .orElse(null),
                null,
                null,
                spec.suspend());
    }
}
