package dev.trestle.api;

/** The fate of an image with a leg that has failed for good. */
public enum OnLegFailure {
    /** The tags keep the image that they hold, with all its platforms. */
    KeepPrevious,
    /** The legs that are built are published without the others; the image and the status name the missing platforms. */
    PublishPartial
}
