package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BaseImage;
import dev.trestle.api.Leg;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** The BackendBuild through which a base is built. */
public final class BaseBuild {
    private BaseBuild() {}

    public static BackendBuild of(BaseImage base) {
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
        build.setSpec(specOf(base));
        return build;
    }

    private static BackendBuildSpec specOf(BaseImage base) {
        var spec = base.getSpec();
        return new BackendBuildSpec(
                spec.source(),
                spec.dockerfile(),
                spec.context(),
                spec.target(),
                spec.buildArgs(),
                null,
                spec.platforms().stream().map(Leg::on).toList(),
                spec.image(),
                spec.cache(),
                spec.suspend());
    }
}
