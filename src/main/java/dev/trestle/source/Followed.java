package dev.trestle.source;

import dev.trestle.api.GitSource;
import java.util.Objects;

/**
 * What a build follows.
 *
 * @param ref full, such as {@code refs/heads/main}; or a commit, which never moves
 */
public record Followed(String url, String ref) {
    public static Followed of(GitSource git) {
        return new Followed(git.url(), Objects.requireNonNullElseGet(git.ref(), () -> String.valueOf(git.revision())));
    }

    boolean isCommit() {
        return !ref.startsWith("refs/");
    }
}
