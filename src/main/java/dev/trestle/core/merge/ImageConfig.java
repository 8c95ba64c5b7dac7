package dev.trestle.core.merge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * The platform in an image's config blob.
 *
 * @param entryPlatform the same as the platform object of an index entry, JSON
 */
public record ImageConfig(ImagePlatform platform, String entryPlatform) {

    /**
     * Reads a config blob.
     *
     * @throws MergeRefused when the blob names no os and architecture, so is no image's config
     */
    public static ImageConfig of(Digest digest, byte[] blob) {
        var what = "image config " + digest;
        var config = ManifestJson.read(new String(blob, StandardCharsets.UTF_8), what);
        var os = ManifestJson.text(config, "os", what);
        var architecture = ManifestJson.text(config, "architecture", what);
        if (os.isEmpty() || architecture.isEmpty()) {
            throw ManifestJson.invalid(what, "it names no os and architecture");
        }
        var platform = ImagePlatform.of(os, architecture, ManifestJson.text(config, "variant", what));
        return new ImageConfig(platform, entry(platform, config).toString());
    }

    private static ObjectNode entry(ImagePlatform platform, ObjectNode config) {
        var entry = JsonNodeFactory.instance
                .objectNode()
                .put("architecture", platform.architecture())
                .put("os", platform.os());
        if (!platform.variant().isEmpty()) {
            entry.put("variant", platform.variant());
        }
        // a Windows image runs on one build of Windows only
        for (var field : new String[] {"os.version", "os.features"}) {
            if (config.has(field)) {
                entry.set(field, config.get(field));
            }
        }
        return entry;
    }

    ObjectNode entryNode() {
        return ManifestJson.read(entryPlatform, "platform of an image config");
    }
}
