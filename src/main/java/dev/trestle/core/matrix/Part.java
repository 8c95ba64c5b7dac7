package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part of the mapping, and its place. Keys that are read are allowed; others are refused with their place.
 *
 * @param place such as {@code linux.values.name}; empty for the whole
 */
record Part(String place, JsonNode node) {

    /** @param keys all that the mapping may have here */
    Part only(String... keys) throws ImportRefused {
        mapping();
        for (var key : node.properties()) {
            if (!List.of(keys).contains(key.getKey())) {
                throw new ImportRefused("Mapping: '%s' is no key; the keys here are '%s'."
                        .formatted(placeOf(key.getKey()), String.join("', '", keys)));
            }
        }
        return this;
    }

    Part at(String key) throws ImportRefused {
        return find(key).orElseThrow(() -> new ImportRefused("Mapping: '%s' is missing.".formatted(placeOf(key))));
    }

    Optional<Part> find(String key) {
        return node.has(key) ? Optional.of(new Part(placeOf(key), node.get(key))) : Optional.empty();
    }

    /** The parts of a mapping that people name. */
    Map<String, Part> parts() throws ImportRefused {
        mapping();
        var parts = new LinkedHashMap<String, Part>();
        node.properties()
                .forEach(entry -> parts.put(entry.getKey(), new Part(placeOf(entry.getKey()), entry.getValue())));
        return parts;
    }

    List<Part> items() throws ImportRefused {
        if (!node.isArray()) {
            throw refused("must be a list");
        }
        var items = new ArrayList<Part>();
        for (var item : node) {
            items.add(new Part("%s[%d]".formatted(place, items.size()), item));
        }
        return items;
    }

    /** Texts, or one text for a list of one. */
    List<String> texts() throws ImportRefused {
        if (!node.isArray()) {
            return List.of(text());
        }
        var texts = new ArrayList<String>();
        for (var item : items()) {
            texts.add(item.text());
        }
        return texts;
    }

    String text() throws ImportRefused {
        if (!node.isTextual()) {
            throw refused("must be a text, in quotes if it looks like a number, true, false or null");
        }
        return node.asText();
    }

    /** @param known the values that the text may use */
    Template template(Set<String> known) throws ImportRefused {
        var template = new Template(text());
        if (template.isBroken()) {
            throw refused("has a '${' without a name and '}' after it; write '$${' for the characters themselves");
        }
        for (var name : template.names()) {
            require(name, known);
        }
        return template;
    }

    void require(String name, Set<String> known) throws ImportRefused {
        if (!known.contains(name)) {
            throw new ImportRefused(
                    "Mapping: '%s' uses '%s', which is neither a column nor a value before it; known are '%s'."
                            .formatted(place, name, String.join("', '", known)));
        }
    }

    ImportRefused refused(String rule) {
        return new ImportRefused("Mapping: '%s' %s.".formatted(place.isEmpty() ? "." : place, rule));
    }

    private void mapping() throws ImportRefused {
        if (!node.isObject()) {
            throw refused("must be a mapping");
        }
    }

    private String placeOf(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }
}
