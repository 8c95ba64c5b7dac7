package dev.trestle.core.refresh;

/** Knows the digests of the images that bases are built from. */
public interface Upstreams {

    /** What is known of the image, at once; one that nobody has asked for before begins to be followed. */
    UpstreamView viewOf(UpstreamImage image);

    /** What is known of an image as it stands after {@code FROM}. */
    default UpstreamView viewOf(String reference) {
        try {
            return viewOf(UpstreamImage.parse(reference));
        } catch (IllegalArgumentException e) {
            return new UpstreamView.Unavailable(String.valueOf(e.getMessage()));
        }
    }
}
