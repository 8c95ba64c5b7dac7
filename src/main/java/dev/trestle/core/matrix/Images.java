package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.Schema;
import dev.trestle.core.matrix.Finding.Kind;
import dev.trestle.core.matrix.ReleaseRules.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Puts legs together to images. An image whose rows contradict each other is made as the first row has it, and suspended. */
final class Images {
    private static final Pattern PLATFORM = Pattern.compile(Schema.IMAGE_PLATFORM);

    private final Findings findings;
    private final Map<String, Image> byName = new TreeMap<>();

    private Images(Findings findings) {
        this.findings = findings;
    }

    /** @return sorted by name */
    static List<Image> of(List<MatrixLeg> legs, Findings findings) throws ImportRefused {
        var images = new Images(findings);
        var byImage = new LinkedHashMap<String, List<MatrixLeg>>();
        legs.forEach(leg ->
                byImage.computeIfAbsent(leg.image(), _ -> new ArrayList<>()).add(leg));
        for (var rows : byImage.values()) {
            images.add(rows);
        }
        return List.copyOf(images.byName.values());
    }

    private void add(List<MatrixLeg> rows) throws ImportRefused {
        var first = first(rows);
        var fault = fault(first);
        if (fault.isPresent()) {
            rows.forEach(leg -> findings.add(
                    Kind.NotExpressible,
                    leg.image(),
                    "Left out %s ('%s'): %s.".formatted(leg.row().place(), leg.image(), fault.get())));
            return;
        }
        var legs = onePerPlatform(rows);
        if (!legs.isEmpty()) {
            var image = image(first, legs, contradicts(first, legs));
            byName.put(image.name(), image);
        }
    }

    /** A leg that is built here tells more about the image than one that is reported. */
    private static MatrixLeg first(List<MatrixLeg> legs) {
        return legs.stream().filter(leg -> !leg.isExternal()).findFirst().orElse(legs.getFirst());
    }

    private Optional<String> fault(MatrixLeg first) {
        return Naming.faultOfBuild(first.name())
                .or(() -> Optional.ofNullable(byName.get(first.name()))
                        .map(other -> "its name '%s' is taken by '%s'"
                                .formatted(first.name(), other.legs().getFirst().image())));
    }

    private List<MatrixLeg> onePerPlatform(List<MatrixLeg> rows) {
        var legs = new TreeMap<String, MatrixLeg>();
        for (var leg : rows) {
            var fault = faultOfPlatform(leg);
            if (fault.isPresent()) {
                findings.add(
                        Kind.NotExpressible,
                        leg.image(),
                        "Left out %s of %s ('%s'): a platform %s."
                                .formatted(leg.platform(), leg.row().place(), leg.image(), fault.get()));
                continue;
            }
            var twin = legs.putIfAbsent(leg.platform(), leg);
            if (twin != null) {
                findings.add(duplicate(twin, leg));
            }
        }
        return List.copyOf(legs.values());
    }

    private static Optional<String> faultOfPlatform(MatrixLeg leg) {
        if (!PLATFORM.matcher(leg.platform()).matches()) {
            return Optional.ofNullable(Schema.MESSAGES.get(Schema.IMAGE_PLATFORM));
        }
        return leg.isExternal() || leg.platform().startsWith("linux/")
                ? Optional.empty()
                : Optional.of("must be one of Linux, unless the mapping says that its legs are 'external'");
    }

    private static Finding duplicate(MatrixLeg one, MatrixLeg other) {
        var rows = List.of(one.row().place(), other.row().place());
        return new Finding(
                Kind.Duplicate,
                one.image(),
                RowSet.PLATFORM,
                List.of(one.platform(), other.platform()),
                rows,
                "'%s' has %s twice, in %s and %s; the second is left out. Delete one, or make it another image or platform."
                        .formatted(one.image(), one.platform(), rows.get(0), rows.get(1)));
    }

    /** Legs of one build share all but their platform and pool, and the columns that the mapping says. */
    private boolean contradicts(MatrixLeg first, List<MatrixLeg> legs) {
        var found = false;
        for (var leg : legs) {
            if (!leg.row().list().equals(first.row().list())) {
                continue;
            }
            found |= contradict(first, leg);
        }
        return found;
    }

    /** A contradiction in the image's own build is not reported again for its release. */
    private boolean contradict(MatrixLeg first, MatrixLeg leg) {
        var found = differs(first, leg, "name", first.name(), leg.name());
        for (var column : first.rules().agree()) {
            found |= differs(first, leg, column, first.column(column), leg.column(column));
        }
        found |= differ(first, leg, "", first.build(), leg.build());
        return found || differ(first, leg, "release.", releaseOf(first), releaseOf(leg));
    }

    private static ObjectNode releaseOf(MatrixLeg leg) {
        return leg.release().map(Release::spec).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private boolean differ(MatrixLeg first, MatrixLeg leg, String what, ObjectNode one, ObjectNode other) {
        var found = false;
        for (var difference : Difference.between(one, other)) {
            found |= differs(first, leg, what + difference.field(), difference.in(one), difference.in(other));
        }
        return found;
    }

    private boolean differs(MatrixLeg first, MatrixLeg leg, String field, String one, String other) {
        if (one.equals(other)) {
            return false;
        }
        var rows = List.of(first.row().place(), leg.row().place());
        findings.add(new Finding(
                Kind.Disagreement,
                first.image(),
                field,
                List.of(one, other),
                rows,
                "'%s' has %s '%s' for %s (%s), but '%s' for %s (%s); legs of one image share it. It is written as the first says, and suspended. Make the rows equal."
                        .formatted(
                                first.image(),
                                field,
                                one,
                                first.platform(),
                                rows.get(0),
                                other,
                                leg.platform(),
                                rows.get(1))));
        return true;
    }

    private static Image image(MatrixLeg first, List<MatrixLeg> legs, boolean suspended) throws ImportRefused {
        ObjectNode tree = first.build().deepCopy();
        var claim = tree.path("base").path("claim");
        if (claim instanceof ObjectNode named) {
            named.put("name", Naming.ofBase(claim.path("name").asText()));
        }
        var section = first.isExternal() ? "darwin" : "linux";
        var build = new SpecTree(first.name(), tree, section + ".build").with(legs, suspended);
        return new Image(section, first, build, tree, legs);
    }
}
