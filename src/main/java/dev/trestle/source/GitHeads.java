package dev.trestle.source;

import java.util.Optional;

/** Finds the commit that a ref is at. */
public interface GitHeads {
    /**
     * Looks once.
     *
     * @param url of the repository, http or https
     * @param ref full, such as {@code refs/heads/main}
     * @return the commit; empty when the repository has no such ref. An annotated tag gives the commit that it points to
     * @throws Unreadable when the repository cannot be read
     */
    Optional<String> commitOf(String url, String ref) throws Unreadable;

    /** The repository cannot be read; the message says why. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
