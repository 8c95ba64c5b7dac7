package dev.trestle.core.refresh;

/** The observed state of an image that a base is built from. */
public sealed interface UpstreamView {
    /** The digest that its tag has, or had when its registry last answered. */
    record Known(String digest) implements UpstreamView {}

    /** It has not been looked up yet. */
    record Unresolved() implements UpstreamView {}

    /** It has never been found, or its tag is gone; it is looked up again. */
    record Unavailable(String message) implements UpstreamView {}
}
