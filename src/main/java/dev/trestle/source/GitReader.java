package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads git repositories on servers: as much of them as the inputs of an image need. */
public interface GitReader {
    /**
     * Looks once.
     *
     * @param url of the repository, http or https
     * @param refs full, such as {@code refs/heads/main}, or with one {@code *} for any text
     * @return the commit of each such ref that the repository has. An annotated tag gives the commit that it points to
     * @throws Unreadable when the repository cannot be read
     */
    Map<String, String> commitsOf(String url, Set<String> refs) throws Unreadable;

    /**
     * The files of a commit.
     *
     * @throws Unreadable when the repository cannot be read, has no such commit, or has too many files
     */
    SourceTree treeOf(String url, String commit) throws Unreadable;

    /**
     * The commit, and before it those that its branch was at.
     *
     * @return first parents, the newest first, some hundreds at most; the commit alone when the server cannot tell them without the files
     * @throws Unreadable when the repository cannot be read, or has no such commit
     */
    List<String> historyOf(String url, String commit) throws Unreadable;

    /**
     * The text of one file.
     *
     * @param objectId of the file, as a {@link SourceTree} has it
     * @return empty when it is too long to be a Dockerfile
     * @throws Unreadable when the repository cannot be read
     */
    Optional<String> textOf(String url, String objectId) throws Unreadable;

    /** The memory of trees that have been read, until they are no longer needed. */
    default ByteBudget memory() {
        return ByteBudget.UNLIMITED;
    }

    /** No build needs this repository any more: its copy may go. */
    void forget(String url);

    /** The repository cannot be read; the message says why. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
