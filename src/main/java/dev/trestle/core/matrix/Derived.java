package dev.trestle.core.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A value that is made of columns and of values before it.
 *
 * @param cases the first that matches replaces the text
 * @param otherwise the value when no case matches; empty for the text itself
 * @param replace regular expressions and the replacement of each match, one after the other
 */
record Derived(Template of, List<Case> cases, Optional<Template> otherwise, Map<Pattern, String> replace) {
    record Case(Wildcard given, Template then) {}

    Derived {
        cases = List.copyOf(cases);
    }

    /** A text alone is a template; a mapping has {@code of}, and {@code cases}, {@code otherwise} and {@code replace}. */
    static Derived read(Part part, Set<String> known) throws ImportRefused {
        if (part.node().isTextual()) {
            return new Derived(part.template(known), List.of(), Optional.empty(), Map.of());
        }
        part.only("of", "cases", "otherwise", "replace");
        var cases = new ArrayList<Case>();
        if (part.find("cases").isPresent()) {
            for (var given : part.at("cases").parts().entrySet()) {
                cases.add(
                        new Case(new Wildcard(given.getKey()), given.getValue().template(known)));
            }
        }
        var otherwise = part.find("otherwise");
        return new Derived(
                part.at("of").template(known),
                cases,
                otherwise.isPresent() ? Optional.of(otherwise.get().template(known)) : Optional.empty(),
                replacements(part));
    }

    private static Map<Pattern, String> replacements(Part part) throws ImportRefused {
        var replace = new LinkedHashMap<Pattern, String>();
        if (part.find("replace").isPresent()) {
            for (var entry : part.at("replace").parts().entrySet()) {
                try {
                    replace.put(
                            Pattern.compile(entry.getKey()), entry.getValue().text());
                } catch (PatternSyntaxException e) {
                    throw entry.getValue().refused("is no regular expression: " + e.getDescription());
                }
            }
        }
        return replace;
    }

    String value(Map<String, String> values) {
        var text = of.filled(values);
        var chosen = cases.stream()
                .filter(one -> one.given().matches(text))
                .findFirst()
                .map(Case::then)
                .or(() -> otherwise)
                .map(template -> template.filled(values))
                .orElse(text);
        for (var one : replace.entrySet()) {
            chosen = one.getKey().matcher(chosen).replaceAll(one.getValue());
        }
        return chosen;
    }
}
