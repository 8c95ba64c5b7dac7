package dev.trestle.core.matrix;

import java.util.Map;
import java.util.Set;

/**
 * How the rows of a second matrix become bases that the rows of the first name.
 *
 * @param file where that matrix is, unless it is given otherwise
 * @param name as consumers name it
 * @param group bases of one group that are made alike are one BaseImage for all their platforms
 * @param is compared with consumers' {@code asks}
 * @param spec a BaseImage's spec without its platforms
 */
record BaseRules(
        String file,
        RowSet rows,
        Template name,
        Template group,
        Template platforms,
        Map<String, Template> is,
        Skeleton spec) {

    static BaseRules read(Part part) throws ImportRefused {
        part.only("file", "rows", "columns", "values", "name", "group", "platforms", "is", "spec");
        var rows = RowSet.read(part, Set.of());
        var known = rows.known(Set.of());
        return new BaseRules(
                part.at("file").text(),
                rows,
                part.at("name").template(known),
                part.at("group").template(known),
                part.at("platforms").template(known),
                ImageRules.templates(part.find("is"), known),
                Skeleton.read(part.at("spec"), known));
    }
}
