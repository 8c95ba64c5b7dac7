package dev.trestle.core.dockerfile;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Puts values in the place of variables and takes quotes off, in one word.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Dockerfile reference, environment replacement</a>
 */
final class Expansion {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?]");
    private static final Pattern WITH_MODIFIER = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)(:?[-+?])?(.*)");

    private final String word;
    private final char escape;
    private final Function<String, Optional<Value>> variables;
    private int at;
    private Value result = Value.of("");

    private Expansion(String word, char escape, Function<String, Optional<Value>> variables) {
        this.word = word;
        this.escape = escape;
        this.variables = variables;
    }

    /** @param variables the value of a name; empty when it has none, as opposed to an unknown one */
    static Value of(String word, char escape, Function<String, Optional<Value>> variables) {
        var expansion = new Expansion(word, escape, variables);
        while (expansion.at < word.length()) {
            expansion.next();
        }
        return expansion.result;
    }

    private void next() {
        var character = word.charAt(at++);
        if (character == '\'') {
            append(until('\''));
        } else if (character == '"') {
            doubleQuoted();
        } else if (character == escape && at < word.length()) {
            append(String.valueOf(word.charAt(at++)));
        } else if (character == '$') {
            result = result.then(variable());
        } else {
            append(String.valueOf(character));
        }
    }

    private void doubleQuoted() {
        while (at < word.length() && word.charAt(at) != '"') {
            var character = word.charAt(at++);
            if (character == '$') {
                result = result.then(variable());
            } else if (character == escape && at < word.length() && isSpecial(word.charAt(at))) {
                append(String.valueOf(word.charAt(at++)));
            } else {
                append(String.valueOf(character));
            }
        }
        at++;
    }

    private boolean isSpecial(char character) {
        return character == '"' || character == '$' || character == escape;
    }

    private Value variable() {
        if (at < word.length() && word.charAt(at) == '{') {
            at++;
            return braced(untilClosed());
        }
        var name = NAME.matcher(word).region(at, word.length());
        if (!name.lookingAt()) {
            return Value.of("$");
        }
        at = name.end();
        return valueOf(name.group());
    }

    private Value braced(String inside) {
        var parts = WITH_MODIFIER.matcher(inside);
        if (!parts.matches()) {
            return Value.UNKNOWN;
        }
        var name = parts.group(1);
        var modifier = parts.group(2);
        if (modifier == null) {
            return parts.group(3).isEmpty() ? valueOf(name) : Value.UNKNOWN;
        }
        var value = variables.apply(name);
        if (value.filter(known -> !known.whole()).isPresent()) {
            return Value.UNKNOWN;
        }
        var stands = value.filter(
                known -> !modifier.startsWith(":") || !known.known().isEmpty());
        return switch (modifier.charAt(modifier.length() - 1)) {
            case '+' -> stands.isPresent() ? of(parts.group(3), escape, variables) : Value.of("");
            case '-' -> stands.orElseGet(() -> of(parts.group(3), escape, variables));
            default -> stands.orElse(Value.UNKNOWN);
        };
    }

    private Value valueOf(String name) {
        return variables.apply(name).orElse(Value.of(""));
    }

    private void append(String text) {
        result = result.then(Value.of(text));
    }

    private String until(char end) {
        var close = word.indexOf(end, at);
        var text = word.substring(at, close < 0 ? word.length() : close);
        at = close < 0 ? word.length() : close + 1;
        return text;
    }

    private String untilClosed() {
        var start = at;
        var depth = 1;
        while (at < word.length() && depth > 0) {
            var character = word.charAt(at++);
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
        }
        return word.substring(start, depth == 0 ? at - 1 : at);
    }
}
