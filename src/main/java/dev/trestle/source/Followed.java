package dev.trestle.source;

import dev.trestle.api.GitSource;
import dev.trestle.core.releases.TagPattern;
import java.util.Objects;
import java.util.Optional;

/**
 * The ref that a build follows.
 *
 * @param ref full, such as {@code refs/heads/main}; or a pattern of tags; or a commit, which never moves
 */
public record Followed(String url, String ref) {
    public static Followed of(GitSource git) {
        return new Followed(git.url(), Objects.requireNonNullElseGet(git.ref(), () -> String.valueOf(git.revision())));
    }

    /** Tags to choose the highest version of. */
    Optional<TagPattern> pattern() {
        return TagPattern.of(ref);
    }

    boolean isCommit() {
        return !ref.startsWith("refs/");
    }
}
