package dev.trestle.core.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits at white space as a shell does: not within quotes, not after the escape character. Quotes stay. */
record Words(char escape) {

    List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < line.length(); i++) {
            var character = line.charAt(i);
            if (character == escape && quote != '\'' && i + 1 < line.length()) {
                word.append(character).append(line.charAt(++i));
            } else if (quote == '\0' && Character.isWhitespace(character)) {
                finish(word, words);
            } else {
                quote = next(quote, character);
                word.append(character);
            }
        }
        finish(word, words);
        return words;
    }

    private static char next(char quote, char character) {
        if (quote == '\0' && (character == '"' || character == '\'')) {
            return character;
        }
        return quote == character ? '\0' : quote;
    }

    private static void finish(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
