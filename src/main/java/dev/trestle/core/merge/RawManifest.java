package dev.trestle.core.merge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A manifest or an index exactly as a registry holds it; its digest is always that of its bytes. */
public record RawManifest(Digest digest, String mediaType, String json) {

    /**
     * Bytes that a registry answered, under the media type that it answered with.
     *
     * @throws MergeRefused when the bytes are no UTF-8, which JSON must be
     */
    public static RawManifest of(String mediaType, byte[] bytes) {
        var digest = Digest.of(bytes);
        var json = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(bytes, json.getBytes(StandardCharsets.UTF_8))) {
            throw ManifestJson.invalid("manifest " + digest, "it is no UTF-8");
        }
        return new RawManifest(digest, mediaType, json);
    }

    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    String what() {
        return "manifest " + digest;
    }
}
