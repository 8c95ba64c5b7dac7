package dev.trestle.core.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The report of an external leg's image: {@code sha256:…}, or {@code v1.10@sha256:…} for a build that follows releases.
 *
 * @param release the tag that it was built from
 */
public record Report(Optional<String> release, String digest) {
    private static final Pattern FORM = Pattern.compile("(?:(.+)@)?(sha256:[0-9a-f]{64})");

    /** @return empty for a text that is none */
    public static Optional<Report> of(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Report(Optional.ofNullable(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** As the annotation has it. */
    public String text() {
        return release.map(tag -> tag + "@").orElse("") + digest;
    }
}
