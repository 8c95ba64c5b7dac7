package dev.trestle.source;

import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;

/** An error in words for users. JGit wraps it twice, and more. */
final class Faults {
    /** HTTP 429 has no standard text that the JDK knows. */
    private static final String RATE_LIMITED = "429 null";

    private Faults() {}

    /** @return the operator's own refusal, else the transport's message, with its cause where that is missing */
    static String causeOf(Exception e) {
        var innermost = chain(e).reduce((_, inner) -> inner).orElse(e);
        return of(e, Refused.class)
                .or(() -> of(e, dev.trestle.outward.Refused.class))
                .or(() -> of(e, IllegalStateException.class))
                .map(Faults::told)
                .orElseGet(() -> of(e, TransportException.class)
                        .map(transport -> withCause(told(transport), innermost))
                        .orElseGet(() -> told(innermost)));
    }

    /** Whether an object was missing or broken. */
    static boolean isOfObjects(Exception e) {
        return of(e, MissingObjectException.class)
                .or(() -> of(e, CorruptObjectException.class))
                .isPresent();
    }

    /** Whether a server says that it cannot leave contents out. */
    static boolean isOfFilters(Exception e) {
        return e.getCause() instanceof TransportException
                && String.valueOf(e.getCause().getMessage()).contains("filter");
    }

    /** Whether a limit of the operator was reached. */
    static boolean isRefused(Exception e) {
        return of(e, Refused.class).isPresent();
    }

    /** JGit says of every kind of connection that it failed, and keeps the reason to itself. */
    private static String withCause(String said, Throwable innermost) {
        var reason = reason(innermost);
        return innermost instanceof TransportException || said.contains(reason) ? said : said + ": " + reason;
    }

    private static String reason(Throwable innermost) {
        return innermost instanceof UnknownHostException
                ? "no such host '%s'".formatted(innermost.getMessage())
                : told(innermost);
    }

    private static String told(Throwable cause) {
        var message = Objects.requireNonNullElseGet(cause.getMessage(), cause::toString);
        if (message.endsWith(JGitText.get().notAuthorized)) {
            return "the server asks for credentials, and 'git.credentials' of the operator's configuration has none that it takes";
        }
        return message.endsWith(RATE_LIMITED)
                ? message.substring(0, message.length() - RATE_LIMITED.length()) + "the server is rate-limiting (429)"
                : message;
    }

    private static Optional<Throwable> of(Exception e, Class<? extends Throwable> type) {
        return chain(e).filter(type::isInstance).findFirst();
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }
}
