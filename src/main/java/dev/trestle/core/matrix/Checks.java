package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.core.matrix.Finding.Kind;
import dev.trestle.core.plan.References;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The rules between images: no two write one tag, no two rows share a unique text, and a base is the same to all. */
final class Checks {
    private Checks() {}

    /** Every tag, anchor and cache that the builds would write. */
    static void references(List<BackendBuild> builds, Findings findings) {
        var writers = new HashMap<String, String>();
        for (var build : builds) {
            var name = build.getMetadata().getName();
            for (var reference : References.writtenBy(build)) {
                var other = writers.putIfAbsent(reference, name);
                if (other != null) {
                    findings.add(collision("The reference", reference, other, name));
                }
            }
        }
    }

    /** The texts that the mapping says are each row's own, such as the cache key that CI has for it. */
    static void uniqueTexts(List<MatrixLeg> legs, Findings findings) {
        var owners = new HashMap<List<String>, Row>();
        for (var leg : legs) {
            leg.rules().unique().forEach((what, template) -> {
                var text = template.filled(leg.values());
                var owner = owners.putIfAbsent(List.of(what, text), leg.row());
                if (owner != null && !owner.equals(leg.row())) {
                    findings.add(collision(
                            "The " + what, text, owner.place(), leg.row().place()));
                }
            });
        }
    }

    private static Finding collision(String what, String text, String one, String other) {
        return new Finding(
                Kind.Collision,
                text,
                "",
                List.of(),
                List.of(one, other),
                "%s '%s' is shared by %s and %s. Give one of them another name.".formatted(what, text, one, other));
    }

    /** Claims of one name must be equal: the operator makes the elder's base, and refuses the others. */
    static void claims(List<Image> images, Findings findings) {
        var byName = new TreeMap<String, SequencedMap<ObjectNode, List<String>>>();
        for (var image : images) {
            if (image.tree().path("base").path("claim") instanceof ObjectNode claim) {
                byName.computeIfAbsent(claim.path("name").asText(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(claim, _ -> new ArrayList<>())
                        .add(image.name());
            }
        }
        byName.forEach((name, claims) -> {
            if (claims.size() > 1) {
                findings.add(unequal(name, claims));
            }
        });
    }

    private static Finding unequal(String base, SequencedMap<ObjectNode, List<String>> claims) {
        var variants = List.copyOf(claims.keySet());
        var differences = Difference.between(variants.get(0), variants.get(1));
        var first = differences.getFirst();
        var values = variants.stream().map(first::in).toList();
        var told = claims.entrySet().stream()
                .map(claim -> "'%s' by %s".formatted(first.in(claim.getKey()), Named.some(claim.getValue())))
                .toList();
        return new Finding(
                Kind.Claim,
                base,
                first.field(),
                values,
                claims.values().stream().map(List::getFirst).toList(),
                "Base '%s' is claimed with %s %s. Make the rows equal, or add what differs to the base's name in the mapping."
                        .formatted(base, first.field(), String.join(", and with ", told)));
    }

    /** Expectations of rows about the bases that they name. */
    static void asked(List<MatrixLeg> legs, Bases bases, Findings findings) {
        record Belief(String base, String field, String is, String asked) {}
        var beliefs = new LinkedHashMap<Belief, List<String>>();
        for (var leg : legs) {
            var recipe = bases.recipes().get(leg.asks());
            if (recipe == null) {
                continue;
            }
            leg.rules().asks().orElseThrow().fields().forEach((field, template) -> {
                var is = recipe.is().getOrDefault(field, "");
                var asked = template.filled(leg.values());
                if (!is.equals(asked)) {
                    beliefs.computeIfAbsent(new Belief(recipe.name(), field, is, asked), _ -> new ArrayList<>())
                            .add(leg.name());
                }
            });
        }
        beliefs.forEach((belief, consumers) -> findings.add(new Finding(
                Kind.BaseDiffers,
                belief.base(),
                belief.field(),
                List.of(belief.is(), belief.asked()),
                consumers,
                "Base '%s' has %s '%s', but '%s' is asked for by %s. Make base and rows equal, or let the rows name another base."
                        .formatted(
                                belief.base(), belief.field(), belief.is(), belief.asked(), Named.some(consumers)))));
    }

    /** A leg whose base is not built for its platform would wait for ever; a base without a description is not checked. */
    static void recipes(List<MatrixLeg> legs, Bases bases, Findings findings) {
        var unknown = new TreeMap<String, List<String>>();
        for (var leg : legs) {
            if (leg.asks().isEmpty()) {
                continue;
            }
            var recipe = bases.recipes().get(leg.asks());
            if (recipe == null) {
                unknown.computeIfAbsent(leg.asks(), _ -> new ArrayList<>()).add(leg.name());
            } else if (!recipe.platforms().contains(leg.platform())) {
                findings.add(
                        Kind.NotExpressible,
                        leg.image(),
                        "Leg %s of '%s' is made on base '%s', which is built for %s only; it will wait for ever."
                                .formatted(leg.platform(), leg.image(), recipe.name(), recipe.platforms()));
            }
        }
        unknown.forEach((base, consumers) -> findings.add(
                Kind.UnusedOrUnknownBase,
                base,
                "Base '%s' of %s is described nowhere; they wait until somebody applies a BaseImage '%s'. Is '--bases' the right file?"
                        .formatted(base, Named.some(consumers), bases.imageFor(base))));
    }
}
