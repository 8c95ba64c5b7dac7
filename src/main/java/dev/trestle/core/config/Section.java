package dev.trestle.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One mapping of the configuration, and its place. Keys that are read from it are allowed; others are refused with their place. A key
 * without a value is not set; an item of a list, or a value of a map that people fill, must have one.
 */
final class Section {
    private final String place;
    private final JsonNode node;

    private Section(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    /**
     * @param place where it stands, such as {@code pools[0]}; empty for the whole
     * @param keys all that it may have
     */
    static Section of(String place, JsonNode node, List<String> keys) throws ConfigurationRefused {
        if (!node.isObject()) {
            throw refused(place, node, "must be a mapping with the keys " + quoted(keys));
        }
        var section = new Section(place, node);
        for (var entry : node.properties()) {
            if (!keys.contains(entry.getKey())) {
                throw new ConfigurationRefused("'%s' is no key; the keys here are %s."
                        .formatted(section.placeOf(entry.getKey()), quoted(keys)));
            }
        }
        return section;
    }

    Optional<Section> section(String key, List<String> keys) throws ConfigurationRefused {
        return isSet(key) ? Optional.of(of(placeOf(key), node.get(key), keys)) : Optional.empty();
    }

    List<Section> sections(String key, List<String> keys) throws ConfigurationRefused {
        var sections = new ArrayList<Section>();
        for (var item : items(key).entrySet()) {
            sections.add(of(item.getKey(), item.getValue(), keys));
        }
        return sections;
    }

    String required(String key, Form form) throws ConfigurationRefused {
        if (!isSet(key) || isBlank(node.get(key))) {
            throw new ConfigurationRefused("'%s' is missing; it %s.".formatted(placeOf(key), form.rule()));
        }
        return allowed(placeOf(key), node.get(key), form);
    }

    Optional<String> optional(String key, Form form) throws ConfigurationRefused {
        return isSet(key) ? Optional.of(allowed(placeOf(key), node.get(key), form)) : Optional.empty();
    }

    List<String> list(String key, Form form) throws ConfigurationRefused {
        var texts = new ArrayList<String>();
        for (var item : items(key).entrySet()) {
            texts.add(allowed(item.getKey(), item.getValue(), form));
        }
        return texts;
    }

    Map<String, String> map(String key, Form form) throws ConfigurationRefused {
        var texts = new LinkedHashMap<String, String>();
        if (isSet(key)) {
            if (!node.get(key).isObject()) {
                throw refused(placeOf(key), node.get(key), "must be a mapping");
            }
            for (var entry : node.get(key).properties()) {
                texts.put(entry.getKey(), allowed(placeOf(key) + "." + entry.getKey(), entry.getValue(), form));
            }
        }
        return texts;
    }

    /** A whole number, also one written like {@code 6.048e+05}, as Helm may do. */
    Optional<Long> number(String key, long least, long most) throws ConfigurationRefused {
        if (!isSet(key)) {
            return Optional.empty();
        }
        var value = node.get(key);
        var whole = value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong();
        if (!whole || value.asLong() < least || value.asLong() > most) {
            throw refused(placeOf(key), value, "must be a whole number from %d to %d".formatted(least, most));
        }
        return Optional.of(value.asLong());
    }

    boolean flag(String key) throws ConfigurationRefused {
        if (isSet(key) && !node.get(key).isBoolean()) {
            throw refused(placeOf(key), node.get(key), "must be true or false, without quotes");
        }
        return node.path(key).asBoolean(false);
    }

    /** Where the key's value stands: {@code pools[0].name}. */
    String placeOf(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    /** @return the items of a list by their place, in order */
    private Map<String, JsonNode> items(String key) throws ConfigurationRefused {
        var items = new LinkedHashMap<String, JsonNode>();
        if (isSet(key)) {
            if (!node.get(key).isArray()) {
                throw refused(placeOf(key), node.get(key), "must be a list");
            }
            for (var item : node.get(key)) {
                items.put("%s[%d]".formatted(placeOf(key), items.size()), item);
            }
        }
        return items;
    }

    /** Whether it says anything of this, and be it that there is none. */
    boolean has(String key) {
        return isSet(key);
    }

    private boolean isSet(String key) {
        return node.hasNonNull(key);
    }

    private static boolean isBlank(JsonNode value) {
        return value.isTextual() && value.asText().isBlank();
    }

    private static String allowed(String place, JsonNode value, Form form) throws ConfigurationRefused {
        if (!form.allows(value)) {
            throw refused(place, value, form.rule());
        }
        return value.asText();
    }

    private static ConfigurationRefused refused(String place, JsonNode value, String rule) {
        var what = place.isEmpty() ? "The configuration" : "'" + place + "'";
        return new ConfigurationRefused("%s is %s; it %s.".formatted(what, shown(value), rule));
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            case MISSING, NULL -> "empty";
            case BOOLEAN, NUMBER -> value.asText();
            case BINARY, POJO, STRING -> "'" + value.asText() + "'";
        };
    }

    private static String quoted(List<String> keys) {
        return keys.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
    }
}
