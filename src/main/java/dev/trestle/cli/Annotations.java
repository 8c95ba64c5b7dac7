package dev.trestle.cli;

import dev.trestle.api.BackendBuild;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Asks something of the operator by an annotation, as {@code kubectl annotate --overwrite} does. */
final class Annotations {
    private Annotations() {}

    static void set(Resource<BackendBuild> build, String annotation, String value) {
        var metadata =
                new ObjectMetaBuilder().addToAnnotations(annotation, value).build();
        build.patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("metadata", metadata)));
    }
}
