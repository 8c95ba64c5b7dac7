package dev.trestle.core.refresh;

/** Knows the digests of the images that bases are built from. */
public interface Upstreams {

    /** The last observed state of the image, without waiting; the first call for an image begins to follow it. */
    UpstreamView viewOf(UpstreamImage image);

    /** The last observed state of an image, by its name after {@code FROM}. */
    default UpstreamView viewOf(String reference) {
        try {
            return viewOf(UpstreamImage.parse(reference));
        } catch (IllegalArgumentException e) {
            return new UpstreamView.Unavailable(String.valueOf(e.getMessage()));
        }
    }
}
