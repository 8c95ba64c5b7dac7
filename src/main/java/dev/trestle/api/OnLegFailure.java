package dev.trestle.api;

/** What becomes of an image one of whose legs has failed for good. */
public enum OnLegFailure {
    /** The tags keep the image that they hold, with all its platforms. */
    KeepPrevious,
    /** The legs that are built are published without the others; the image and the status name what is missing. */
    PublishPartial
}
