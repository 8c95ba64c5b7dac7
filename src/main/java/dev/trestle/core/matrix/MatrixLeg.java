package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.core.matrix.ReleaseRules.Release;
import java.util.Map;
import java.util.Optional;

/**
 * One platform of one row, as the mapping renders it.
 *
 * @param image identity of the image that it belongs to
 * @param name of the build
 * @param build the build's spec as this row has it, without legs
 * @param release the image's second build as this row has it
 * @param values columns and values of the row
 * @param asks the base that the row names; empty for none
 */
record MatrixLeg(
        ImageRules rules,
        Row row,
        String image,
        String name,
        String platform,
        ObjectNode build,
        ObjectNode leg,
        Optional<Release> release,
        Map<String, String> values,
        String asks) {
    MatrixLeg {
        values = Map.copyOf(values);
    }

    String column(String name) {
        return row.columns().getOrDefault(name, "");
    }

    boolean isExternal() {
        return leg.path("external").asBoolean(false);
    }
}
