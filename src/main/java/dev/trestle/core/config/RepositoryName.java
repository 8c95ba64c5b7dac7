package dev.trestle.core.config;

/** One name for each repository. */
public final class RepositoryName {
    private RepositoryName() {}

    /** Docker Hub answers to more than one name, and every registry to its name with TLS's own port. */
    public static String canonical(String repository) {
        return repository
                .replaceFirst("^([^/]+):443(/|$)", "$1$2")
                .replaceFirst("^(index|registry-1)\\.docker\\.io(/|$)", "docker.io$2");
    }
}
