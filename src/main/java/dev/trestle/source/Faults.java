package dev.trestle.source;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;

/** What went wrong, for people. JGit wraps it twice, and more. */
final class Faults {
    private Faults() {}

    /** @return what the operator itself refused, else what the transport says, else the innermost cause */
    static String causeOf(Exception e) {
        return of(e, Refused.class)
                .or(() -> of(e, dev.trestle.outward.Refused.class))
                .or(() -> of(e, IllegalStateException.class))
                .or(() -> of(e, TransportException.class))
                .or(() -> chain(e).reduce((_, inner) -> inner))
                .map(Faults::told)
                .orElseThrow();
    }

    /** Whether an object was missing or broken. */
    static boolean isOfObjects(Exception e) {
        return of(e, MissingObjectException.class)
                .or(() -> of(e, CorruptObjectException.class))
                .isPresent();
    }

    private static String told(Throwable cause) {
        var message = Objects.requireNonNullElseGet(cause.getMessage(), cause::toString);
        return message.endsWith(JGitText.get().notAuthorized)
                ? "the server asks for credentials, and 'git.credentials' of the operator's configuration has none that it takes"
                : message;
    }

    private static Optional<Throwable> of(Exception e, Class<? extends Throwable> type) {
        return chain(e).filter(type::isInstance).findFirst();
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }
}
