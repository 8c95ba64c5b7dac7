package dev.trestle.core.matrix;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for values: <code>${name}</code> is the value; <code>${name?}</code> too, but without a value the whole text is left
 * out. A second dollar sign before a place makes it mean itself.
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z0-9_-]+)(\\??)}");

    /** The values that it needs. */
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        PLACE.matcher(text)
                .results()
                .filter(place -> place.group(1) != null)
                .forEach(place -> names.add(place.group(1)));
        return names;
    }

    /** Whether something in it begins like a place and is none. */
    boolean isBroken() {
        return PLACE.matcher(text).replaceAll("").contains("${");
    }

    /** @return empty when a value marked with {@code ?} has no text */
    Optional<String> fill(Map<String, String> values) {
        var filled = new StringBuilder();
        var matcher = PLACE.matcher(text);
        while (matcher.find()) {
            var value = matcher.group(1) == null ? "${" : values.getOrDefault(matcher.group(1), "");
            if (value.isEmpty() && "?".equals(matcher.group(2))) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    String filled(Map<String, String> values) {
        return fill(values).orElse("");
    }
}
