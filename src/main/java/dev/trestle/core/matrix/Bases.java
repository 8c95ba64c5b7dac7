package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpec;
import dev.trestle.core.matrix.Finding.Kind;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bases that rows name, and the BaseImages that stand for them.
 *
 * @param recipes by the name that rows use
 * @param imageOf name of the BaseImage by the name that rows use
 */
record Bases(Map<String, Recipe> recipes, Map<String, String> imageOf, List<BaseImage> images) {
    static final Bases NONE = new Bases(Map.of(), Map.of(), List.of());

    /** @param is compared with consumers' expectations */
    record Recipe(String name, String group, Set<String> platforms, Map<String, String> is, ObjectNode spec) {
        ObjectNode withoutTags() {
            var copy = spec.deepCopy();
            if (copy.path("image") instanceof ObjectNode image) {
                image.remove("tags");
            }
            return copy;
        }
    }

    Bases {
        images = List.copyOf(images);
    }

    /** The BaseImage of a base, or the base's own name when it is not described. */
    String imageFor(String base) {
        return Optional.ofNullable(imageOf.get(base)).orElse(base);
    }

    /** @param used the bases that rows name; no others are made */
    static Bases of(BaseRules rules, JsonNode matrix, Set<String> used, Findings findings) throws ImportRefused {
        var recipes = new LinkedHashMap<String, Recipe>();
        for (var row : LegReader.rows(rules.rows(), rules.name(), matrix, findings)) {
            var recipe = recipe(rules, row);
            if (!used.contains(recipe.name())) {
                findings.add(
                        Kind.UnusedOrUnknownBase,
                        recipe.name(),
                        "Base '%s' (%s) is named by no row; it is left out.".formatted(recipe.name(), row.place()));
            } else if (recipes.putIfAbsent(recipe.name(), recipe) != null) {
                findings.add(
                        Kind.Duplicate,
                        recipe.name(),
                        "Base '%s' is described twice; %s is left out.".formatted(recipe.name(), row.place()));
            }
        }
        return together(recipes);
    }

    private static Recipe recipe(BaseRules rules, Row row) {
        var values = rules.rows().valuesOf(row, Map.of());
        var is = new LinkedHashMap<String, String>();
        rules.is().forEach((field, template) -> is.put(field, template.filled(values)));
        return new Recipe(
                rules.name().filled(values),
                rules.group().filled(values),
                new TreeSet<>(LegReader.platforms(rules.platforms().filled(values))),
                is,
                rules.spec().render(values));
    }

    private static Bases together(Map<String, Recipe> recipes) throws ImportRefused {
        var groups = new LinkedHashMap<String, Map<ObjectNode, List<Recipe>>>();
        recipes.values()
                .forEach(recipe -> groups.computeIfAbsent(recipe.group(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(recipe.withoutTags(), _ -> new ArrayList<>())
                        .add(recipe));
        var images = new TreeMap<String, BaseImage>();
        var imageOf = new TreeMap<String, String>();
        for (var group : groups.entrySet()) {
            for (var alike : group.getValue().values()) {
                var name = Naming.ofBase(
                        group.getValue().size() == 1
                                ? group.getKey()
                                : alike.getFirst().name());
                alike.forEach(recipe -> imageOf.put(recipe.name(), name));
                images.put(name, image(name, alike));
            }
        }
        return new Bases(recipes, imageOf, List.copyOf(images.values()));
    }

    private static BaseImage image(String name, List<Recipe> alike) throws ImportRefused {
        var spec = alike.getFirst().spec().deepCopy();
        var platforms = new TreeSet<String>();
        var tags = new TreeSet<String>();
        for (var recipe : alike) {
            platforms.addAll(recipe.platforms());
            recipe.spec().path("image").path("tags").forEach(tag -> tags.add(tag.asText()));
        }
        platforms.forEach(spec.putArray("platforms")::add);
        if (spec.path("image") instanceof ObjectNode image) {
            tags.forEach(image.putArray("tags")::add);
        }
        Bound.require(
                spec,
                "bases.spec",
                "/source",
                "/source/git",
                "/source/git/url",
                "/image",
                "/image/repositories",
                "/image/tags");
        var base = new BaseImage();
        base.setMetadata(new ObjectMetaBuilder().withName(name).build());
        base.setSpec(Bound.to(BaseImageSpec.class, spec, "bases.spec"));
        return base;
    }
}
