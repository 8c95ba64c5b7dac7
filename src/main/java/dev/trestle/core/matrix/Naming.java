package dev.trestle.core.matrix;

import dev.trestle.api.Schema;
import dev.trestle.core.Hash;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that the API accepts. */
final class Naming {
    private static final int LONGEST_BUILD = 46;
    private static final int LONGEST_BASE = 41;
    private static final int HASH_DIGITS = 6;
    /** As kustomize wants it: a file of the folder that the builds are written to, each under its name. */
    private static final String INDEX = "kustomization";

    private static final Pattern LABEL = Pattern.compile(Schema.LABEL);

    private Naming() {}

    /** @return why a build cannot have this name */
    static Optional<String> faultOfBuild(String name) {
        if (!LABEL.matcher(name).matches()) {
            return Optional.of("'%s' %s".formatted(name, Schema.MESSAGES.get(Schema.LABEL)));
        }
        if (name.equals(INDEX)) {
            return Optional.of("'%s' is the name of the file that lists all the others".formatted(name));
        }
        return name.length() <= LONGEST_BUILD
                ? Optional.empty()
                : Optional.of("'%s' has %d characters; a build's name has at most %d"
                        .formatted(name, name.length(), LONGEST_BUILD));
    }

    /** A base's name is internal, so one that is too long is cut. */
    static String ofBase(String name) {
        return cut(name, LONGEST_BASE);
    }

    /** As long as a build's; it begins with the image's, so it is found all the same. */
    static String ofRelease(String name) {
        return cut(name, LONGEST_BUILD);
    }

    /** Names that are cut alike stay different. */
    private static String cut(String name, int longest) {
        return name.length() <= longest
                ? name
                : name.substring(0, longest - HASH_DIGITS - 1).replaceFirst("-+$", "")
                        + "-"
                        + Hash.shortOf(HASH_DIGITS, List.of(name));
    }
}
