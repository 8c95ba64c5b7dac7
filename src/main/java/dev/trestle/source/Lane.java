package dev.trestle.source;

/** Repositories are looked at side by side with their like, so that those that keep a thread for long hold up none that answer at once. */
enum Lane {
    /** It has answered the last look, in time. */
    USUAL,
    /** It was never read; a first look that takes long goes on as a slow one. */
    NEW,
    /** It could not be read, or it took long. */
    SLOW
}
