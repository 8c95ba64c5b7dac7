package dev.trestle.core.refresh;

import dev.trestle.core.Hash;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reason of a base's rebuild without changed inputs, in one text that people read as old -> new. It is a function of the request, so
 * a restart or a second look asks for nothing twice.
 */
public final class RefreshToken {
    private static final Pattern PARTS =
            Pattern.compile("(?:scheduled (\\S+?)(?:, |$))?(?:requested (.*?))?(?:(?:, )?upstream [^,]*)?");
    private static final int LONGEST = 300;
    private static final int DIGEST_DIGITS = 12;

    private RefreshToken() {}

    /**
     * @param scheduled the last occurrence of the schedule
     * @param requested the value of the annotation that asks for a rebuild
     * @param upstream digests by image
     */
    public static Optional<String> of(
            Optional<Instant> scheduled, Optional<String> requested, SortedMap<String, String> upstream) {
        var parts = new ArrayList<String>();
        scheduled.ifPresent(at -> parts.add("scheduled " + at));
        requested.ifPresent(value -> parts.add("requested " + value));
        if (!upstream.isEmpty()) {
            parts.add("upstream " + shown(upstream));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    /** @return the request of a user, in a token that was made here */
    public static Optional<String> requestIn(String token) {
        var parts = PARTS.matcher(token);
        return parts.matches() ? Optional.ofNullable(parts.group(2)) : Optional.empty();
    }

    /** @return the occurrence of a schedule in a token that was made here */
    public static Optional<Instant> scheduledIn(String token) {
        var parts = PARTS.matcher(token);
        return parts.matches() ? Optional.ofNullable(parts.group(1)).flatMap(RefreshToken::time) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String shown(SortedMap<String, String> upstream) {
        var all = upstream.entrySet().stream().map(RefreshToken::shown).collect(Collectors.joining(" "));
        return all.length() <= LONGEST ? all : Hash.shortOf(DIGEST_DIGITS, List.of(all));
    }

    private static String shown(Map.Entry<String, String> image) {
        var digits = image.getValue().substring(image.getValue().indexOf(':') + 1);
        return image.getKey() + "@" + digits.substring(0, Math.min(DIGEST_DIGITS, digits.length()));
    }
}
