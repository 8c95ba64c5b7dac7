package dev.trestle.core.merge;

/** Why a merge did not happen, and whether the same merge may work later. */
public enum FailureClass {
    /** Something to merge is gone from every repository it could be in. */
    ChildMissing,
    /** A tag holds the image of a later run of the same build. */
    Superseded,
    /** A leg's image is not for the platform that it was declared for. */
    PlatformMismatch,
    /** A registry refused the credentials, or had none. */
    Denied,
    /** A registry gave no answer, or said that it cannot answer now. */
    Unavailable,
    /** A registry said that it is asked too often. */
    RateLimited,
    /** The request, or the content of a registry, makes no sense. */
    Invalid;

    public boolean worthARetry() {
        return this == Unavailable || this == RateLimited;
    }
}
