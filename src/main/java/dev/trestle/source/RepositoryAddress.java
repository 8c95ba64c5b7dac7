package dev.trestle.source;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The repository that a URL means, by any protocol, port or user: {@code git.example/acme/app}. Two that servers tell apart may be
 * equal here, in upper and lower case for one; equal addresses are good for looking, and for nothing else.
 */
public record RepositoryAddress(String value) {
    private static final Pattern URL = Pattern.compile("[a-z+]+://(?:[^@/]*@)?(\\[[^]/]+]|[^:/]+)(?::[0-9]*)?/+(.+)");
    /** {@code git@git.example:acme/app.git}, as ssh has it. */
    private static final Pattern SHORT = Pattern.compile("(?!.*://)(?:[^@/:]+@)?([^:/@]+):/*([^/].*)");

    /** @return empty when the text is no repository's URL */
    public static Optional<RepositoryAddress> of(String url) {
        var plain = url.strip().toLowerCase(Locale.ROOT);
        return Stream.of(URL, SHORT)
                .map(form -> form.matcher(plain))
                .filter(Matcher::matches)
                .findFirst()
                .map(form -> new RepositoryAddress(form.group(1) + "/" + path(form.group(2))));
    }

    /** The host alone: {@code git.example}. */
    String host() {
        return value.substring(0, value.indexOf('/'));
    }

    @Override
    public String toString() {
        return value;
    }

    private static String path(String written) {
        return written.replaceFirst("[?#].*$", "").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    }
}
