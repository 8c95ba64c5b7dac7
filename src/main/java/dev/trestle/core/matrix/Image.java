package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import java.util.List;

/**
 * One image of the matrix.
 *
 * @param section of the mapping that the build is made by
 * @param first the leg that describes the image
 * @param tree the spec that the build has, without legs
 * @param legs those that are in the build
 */
record Image(String section, MatrixLeg first, BackendBuild build, ObjectNode tree, List<MatrixLeg> legs) {
    Image {
        legs = List.copyOf(legs);
    }

    String name() {
        return build.getMetadata().getName();
    }

    List<MatrixLeg> inCluster() {
        return legs.stream().filter(leg -> !leg.isExternal()).toList();
    }
}
