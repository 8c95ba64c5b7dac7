package dev.trestle.core.dockerfile;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One instruction.
 *
 * @param keyword in capitals, such as {@code COPY}
 * @param arguments what stands behind it, on one line; the texts of its heredocs are no part of it
 */
record Instruction(String keyword, String arguments) {

    static Instruction of(String line) {
        var stripped = line.strip();
        var end = 0;
        while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
            end++;
        }
        var keyword = stripped.substring(0, end).toUpperCase(Locale.ROOT);
        var rest = stripped.substring(end).strip();
        return keyword.equals("ONBUILD") ? of(rest) : new Instruction(keyword, rest);
    }

    /** Whether it may have heredocs. */
    boolean takesHeredocs() {
        return List.of("RUN", "COPY", "ADD").contains(keyword);
    }

    /** The options before the arguments, such as {@code --from=builder}. */
    List<String> flags() {
        return isFlag(arguments) ? words().takeWhile(Instruction::isFlag).toList() : List.of();
    }

    /** The arguments without the options, split at white space. */
    List<String> operands() {
        return words().dropWhile(Instruction::isFlag).toList();
    }

    /** The arguments without the options, as they stand. */
    String afterFlags() {
        var rest = arguments;
        while (isFlag(rest)) {
            rest = rest.replaceFirst("^\\S+\\s*", "");
        }
        return rest;
    }

    private Stream<String> words() {
        return Stream.of(arguments.split("\\s+", -1)).filter(word -> !word.isEmpty());
    }

    private static boolean isFlag(String word) {
        return word.startsWith("--");
    }
}
