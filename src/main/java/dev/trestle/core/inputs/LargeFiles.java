package dev.trestle.core.inputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files of a commit are kept in Git LFS, as its {@code .gitattributes} say: {@code filter=lfs} of the last line whose pattern selects
 * the file. Such a file is a pointer in git, and BuildKit copies the pointer.
 *
 * @see <a href="https://git-scm.com/docs/gitattributes">gitattributes</a>
 */
final class LargeFiles {
    private static final String FILTER = "filter=lfs";
    private static final String MACRO = "[attr]";
    /** Files over this number are left out: all of this is for a warning. */
    private static final int MOST_RULES = 200;

    private record Rule(Glob glob, boolean large) {}

    private final List<Rule> rules;

    private LargeFiles(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** @param attributes the texts of {@code .gitattributes}, by path */
    static LargeFiles of(Map<String, String> attributes) {
        if (attributes.values().stream().noneMatch(text -> text.contains(FILTER))) {
            return new LargeFiles(List.of());
        }
        var macros = attributes.values().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith(MACRO) && line.contains(FILTER))
                .map(line -> words(line).getFirst().substring(MACRO.length()))
                .collect(Collectors.toSet());
        var rules = new ArrayList<Rule>();
        attributes.entrySet().stream()
                .sorted(Comparator.comparingInt(file -> file.getKey().length()))
                .flatMap(file -> rules(folder(file.getKey()), file.getValue(), macros))
                .limit(MOST_RULES)
                .forEach(rules::add);
        return new LargeFiles(rules);
    }

    boolean has(String path) {
        return rules.reversed().stream()
                .filter(rule -> rule.glob().selects(path))
                .findFirst()
                .filter(Rule::large)
                .isPresent();
    }

    boolean isEmpty() {
        return rules.stream().noneMatch(Rule::large);
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static Stream<Rule> rules(String folder, String text, Set<String> macros) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(MACRO))
                .flatMap(line -> rule(folder, words(line), macros).stream());
    }

    private static List<String> words(String line) {
        return List.of(line.split("\\s+", -1));
    }

    /** A line that says nothing of the filter leaves it as it is. */
    private static Optional<Rule> rule(String folder, List<String> words, Set<String> macros) {
        return words.stream()
                .skip(1)
                .filter(word -> word.startsWith("filter=") || word.endsWith("filter") || macros.contains(word))
                .reduce((_, last) -> last)
                .map(word -> new Rule(
                        Glob.of(glob(folder, words.getFirst())), word.equals(FILTER) || macros.contains(word)));
    }

    /** A pattern without a slash selects files of this name in all folders below. */
    private static String glob(String folder, String pattern) {
        var plain = pattern.replaceAll("\\[\\[:[a-z]+:]]|\\[[^]/]+]|\\\\.", "?");
        if (plain.startsWith("/")) {
            return folder + plain.substring(1);
        }
        return plain.contains("/") ? folder + plain : folder + "**/" + plain;
    }
}
