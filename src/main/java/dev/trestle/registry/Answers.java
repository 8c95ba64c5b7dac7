package dev.trestle.registry;

import dev.trestle.core.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Registries' answers in a few words. */
final class Answers {

    private static final int LONGEST = 300;

    private Answers() {}

    /** The status and the body's message about it. */
    static String of(Reply reply) {
        var body = Printable.of(new String(reply.body(), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip());
        var said = body.length() > LONGEST ? body.substring(0, LONGEST) + "…" : body;
        return said.isEmpty() ? "HTTP " + reply.status() : "HTTP %d, '%s'".formatted(reply.status(), said);
    }

    /** Why there was no answer that could be used. */
    static String of(IOException failure) {
        return switch (failure) {
            case ConnectException e -> "nothing answers at its address";
            case SSLException e -> "TLS failed (%s); it may speak plain http".formatted(e.getMessage());
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Retry-After in seconds; its rare form as a date is not understood, so the backoff decides then. */
    static Optional<Duration> seconds(String retryAfter) {
        return retryAfter.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
                : Optional.empty();
    }
}
