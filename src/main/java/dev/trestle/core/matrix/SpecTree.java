package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/**
 * A build's spec as the mapping renders it.
 *
 * @param spec without legs
 * @param place in the mapping
 */
record SpecTree(String name, ObjectNode spec, String place) {
    private static final String[] REQUIRED = {
        "/source",
        "/source/git",
        "/source/git/url",
        "/image",
        "/image/repositories",
        "/image/tags",
        "/base/arg",
        "/base/claim/name",
        "/base/claim/repositories",
        "/cache/repository"
    };

    /** @throws ImportRefused when the API does not have such a spec */
    BackendBuild with(List<MatrixLeg> legs, boolean suspended) throws ImportRefused {
        var whole = spec.deepCopy();
        var all = whole.putArray("legs");
        legs.forEach(leg -> all.add(leg.leg()));
        if (suspended) {
            whole.put("suspend", true);
        }
        Bound.require(whole, place, REQUIRED);
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder().withName(name).build());
        build.setSpec(Bound.to(BackendBuildSpec.class, whole, place));
        return build;
    }
}
