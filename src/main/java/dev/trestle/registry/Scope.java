package dev.trestle.registry;

import java.util.List;

/**
 * The rights that a token must give.
 *
 * @param repository the one that a request is about
 * @param names in the words of token servers, as {@code repository:acme/app:pull,push}
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">scopes</a>
 */
record Scope(Repository repository, List<String> names) {

    static Scope pull(Repository repository) {
        return new Scope(repository, List.of("repository:%s:pull".formatted(repository.path())));
    }

    static Scope push(Repository repository) {
        return new Scope(repository, List.of("repository:%s:pull,push".formatted(repository.path())));
    }

    /** A push that takes a blob from another repository of the same registry. */
    Scope andPullOf(String path) {
        return new Scope(repository, List.of(names.getFirst(), "repository:%s:pull".formatted(path)));
    }
}
