package dev.trestle.core.dockerfile;

import java.util.List;

/**
 * A build argument, as far as its value is known before the build.
 *
 * @param values the possible ones
 * @param others which more are possible
 * @param mayBeUnset whether the build may do without it, so that the Dockerfile's own default holds
 */
public record ArgumentValues(String name, List<String> values, Others others, boolean mayBeUnset) {
    public ArgumentValues {
        values = List.copyOf(values);
    }

    /** Values beside those that are listed; each has those before it. */
    public enum Others {
        None,
        /** References of images by digest. */
        Images,
        Any
    }

    /** An argument of one value. */
    public static ArgumentValues of(String name, String value) {
        return new ArgumentValues(name, List.of(value), Others.None, false);
    }
}
