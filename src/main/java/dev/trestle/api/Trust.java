package dev.trestle.api;

/** Whether others may rely on the image (invariant 7). It can be lowered, never raised. */
public enum Trust {
    /** It is built from changes that the project's maintainers have accepted. */
    Trusted,
    /** It is built from a proposed change: it mounts no Secret, writes no cache, and pushes only to tags of its own. */
    Untrusted
}
