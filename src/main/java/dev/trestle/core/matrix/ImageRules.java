package dev.trestle.core.matrix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How rows become legs of images.
 *
 * @param image rows with the same text are one image
 * @param name of the build
 * @param platforms a leg for each; separated by commas
 * @param agree columns that all rows of one image must have alike
 * @param unique texts that no two rows may share, by their kind
 * @param build a BackendBuild's spec without its legs
 * @param leg one leg of it
 * @param release its second build, if it has one
 * @param asks the base that the row names; empty when the section names none
 */
record ImageRules(
        RowSet rows,
        Template image,
        Template name,
        Template platforms,
        List<String> agree,
        Map<String, Template> unique,
        Skeleton build,
        Skeleton leg,
        Optional<ReleaseRules> release,
        Optional<Asks> asks) {
    private static final Set<String> PLATFORM = Set.of(RowSet.PLATFORM);
    /** Value of the BaseImage that stands for the base which a row names. */
    static final String BASE = "base";

    /**
     * A base that is described elsewhere, and the row's expectation of it.
     *
     * @param name empty for a row without one
     */
    record Asks(Template name, Map<String, Template> fields) {}

    ImageRules {
        agree = List.copyOf(agree);
    }

    static ImageRules read(Part part) throws ImportRefused {
        part.only(
                "rows",
                "columns",
                "values",
                "image",
                "name",
                "platforms",
                "agree",
                "unique",
                "base",
                "build",
                "leg",
                "release");
        var rows = RowSet.read(part, PLATFORM);
        var known = rows.known(PLATFORM);
        var agree = part.find("agree");
        if (agree.isPresent()) {
            for (var column : agree.get().items()) {
                column.require(column.text(), rows.columns().keySet());
            }
        }
        var asks = part.find("base");
        var inBuild = asks.isPresent() ? rows.known(Set.of(RowSet.PLATFORM, BASE)) : known;
        var release = part.find("release");
        return new ImageRules(
                rows,
                part.at("image").template(rows.columns().keySet()),
                part.at("name").template(known),
                part.at("platforms").template(rows.columns().keySet()),
                agree.isPresent() ? agree.get().texts() : List.of(),
                templates(part.find("unique"), known),
                Skeleton.read(part.at("build"), inBuild),
                Skeleton.read(part.at("leg"), known),
                release.isPresent()
                        ? Optional.of(ReleaseRules.read(release.get(), part.at("build"), known, inBuild))
                        : Optional.empty(),
                asks.isPresent() ? Optional.of(asks(asks.get(), known)) : Optional.empty());
    }

    private static Asks asks(Part part, Set<String> known) throws ImportRefused {
        part.only("name", "asks");
        return new Asks(part.at("name").template(known), templates(part.find("asks"), known));
    }

    static Map<String, Template> templates(Optional<Part> part, Set<String> known) throws ImportRefused {
        var templates = new LinkedHashMap<String, Template>();
        if (part.isPresent()) {
            for (var entry : part.get().parts().entrySet()) {
                templates.put(entry.getKey(), entry.getValue().template(known));
            }
        }
        return templates;
    }
}
