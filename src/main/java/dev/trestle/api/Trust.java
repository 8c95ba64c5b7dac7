package dev.trestle.api;

/** Whether what is built may be relied on by others (invariant 7). It can be lowered, never raised. */
public enum Trust {
    /** It is built from what the project's own people have accepted. */
    Trusted,
    /** It is built from what anybody may have proposed: it mounts no Secret, writes no cache, and pushes only to tags of its own. */
    Untrusted
}
