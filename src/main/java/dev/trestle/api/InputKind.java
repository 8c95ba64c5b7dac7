package dev.trestle.api;

/** The kinds of input that a leg's image is made of; a leg is built if and only if one of them has moved. */
public enum InputKind {
    /** Files of the repository, by the path or the glob that selects them. */
    Source,
    /** Repository URL, Dockerfile, context, target and build platform. */
    Recipe,
    BuildArgs,
    /** The base as {@code repository@digest}. */
    Base,
    /** The token or the period of {@code spec.refresh}. */
    Refresh,
    /** A request by annotation. */
    Request
}
