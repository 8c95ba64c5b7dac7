package dev.trestle.core.dockerfile;

import java.util.ArrayDeque;
import java.util.Locale;

/**
 * A path of the build context, or a glob: {@code *} and {@code ?} stay within a folder's name, {@code **} crosses folders. It selects
 * never less than the Dockerfile reads.
 *
 * @param text relative, without {@code ./}; {@code .} is the whole context
 */
public record ContextPath(String text) {

    /** What follows a variable of unknown value may be anything. */
    static ContextPath of(Value source) {
        var path = normal(withoutClasses(source.known()));
        if (source.whole()) {
            return new ContextPath(path.isEmpty() ? "." : path);
        }
        var folder = source.known().endsWith("/") && !path.isEmpty() ? path + "/" : path;
        return new ContextPath(folder.isEmpty() ? below(source.end()) : folder + "**");
    }

    /** {@code $TARGETARCH/x} is an {@code x} in any folder, or at the top; what goes up again may be anything. */
    private static String below(String end) {
        var path = end.contains("/") ? normal(withoutClasses(end.substring(end.indexOf('/')))) : "";
        return path.isEmpty() || end.contains("..") ? "." : "**/" + path;
    }

    /** ADD fetches it, instead of reading the context. */
    static boolean isRemote(Value source) {
        var start = source.known().toLowerCase(Locale.ROOT);
        return start.matches("(?s)(https?|ssh|git|s3)://.*") || start.matches("(?s)[a-z0-9._-]+@[a-z0-9.-]+:.*");
    }

    /** Nothing of a context is above it. */
    private static String normal(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** {@code [a-c]} and {@code \*} become {@code ?}, one character whichever. */
    private static String withoutClasses(String glob) {
        return glob.replaceAll("\\[[^/\\]]+]", "?").replaceAll("\\\\.", "?");
    }
}
