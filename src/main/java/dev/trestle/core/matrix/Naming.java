package dev.trestle.core.matrix;

import dev.trestle.api.Schema;
import dev.trestle.core.Hash;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What names the API accepts. */
final class Naming {
    private static final int LONGEST_BUILD = 46;
    private static final int LONGEST_BASE = 41;
    private static final int HASH_DIGITS = 6;
    private static final Pattern LABEL = Pattern.compile(Schema.LABEL);

    private Naming() {}

    /** @return why a build cannot have this name */
    static Optional<String> faultOfBuild(String name) {
        if (!LABEL.matcher(name).matches()) {
            return Optional.of("'%s' %s".formatted(name, Schema.MESSAGES.get(Schema.LABEL)));
        }
        return name.length() <= LONGEST_BUILD
                ? Optional.empty()
                : Optional.of("'%s' has %d characters; a build's name has at most %d"
                        .formatted(name, name.length(), LONGEST_BUILD));
    }

    /** A base's name is nobody's to know, so one that is too long is cut, and stays different from others cut alike. */
    static String ofBase(String name) {
        return name.length() <= LONGEST_BASE
                ? name
                : name.substring(0, LONGEST_BASE - HASH_DIGITS - 1).replaceFirst("-+$", "")
                        + "-"
                        + Hash.shortOf(HASH_DIGITS, List.of(name));
    }
}
