package dev.trestle.core.plan;

/** What is known of the commit behind a build's source. */
public sealed interface SourceView {
    record Known(String revision) implements SourceView {}

    /** It has not been looked up yet. */
    record Unresolved() implements SourceView {}

    /** It cannot be read; it is tried again. */
    record Unavailable(String message) implements SourceView {}
}
