package dev.trestle.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a registry asks for credentials: one challenge of a {@code WWW-Authenticate} header. All forms of RFC 9110 are read: several
 * challenges in one header or in several, parameters in any order and with white space around '=', schemes in any case.
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {

    /** A registry sends one or two; the rest of a longer header is not read. */
    static final int MOST = 16;

    /** Reads the values of all headers of this name; text that is not valid is passed over. */
    static List<Challenge> of(List<String> headers) {
        return new Reader(String.join(", ", headers)).challenges();
    }

    /** A parameter that has a value. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    private static final class Reader {

        private static final String MARKS_OF_TOKENS = "!#$%&'*+-.^_`|~";

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Challenge> challenges() {
            var found = new ArrayList<Challenge>();
            for (skip(" \t,"); at < text.length() && found.size() < MOST; skip(" \t,")) {
                var name = token().toLowerCase(Locale.ROOT);
                skip(" \t");
                if (name.isEmpty()) {
                    at++; // a character that is part of nothing known
                } else if (at < text.length() && text.charAt(at) == '=' && !found.isEmpty()) {
                    at++;
                    skip(" \t");
                    found.getLast().parameters().putIfAbsent(name, value());
                } else {
                    found.add(new Challenge(name, new LinkedHashMap<>()));
                }
            }
            return List.copyOf(found);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String token() {
            var start = at;
            while (at < text.length() && isOfToken(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isOfToken(char c) {
            return (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || MARKS_OF_TOKENS.indexOf(c) >= 0;
        }

        private String value() {
            return at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
        }

        private String quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }

        /** Not only a token: some registries leave out the quotes of an address. */
        private String unquoted() {
            var start = at;
            while (at < text.length() && ", \t".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }
    }
}
