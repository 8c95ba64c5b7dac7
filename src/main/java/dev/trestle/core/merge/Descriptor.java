package dev.trestle.core.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A pointer to content: an entry of an index, a config, a layer.
 *
 * @param size bytes
 * @param json the whole descriptor in the order of its fields, those unknown here included
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">OCI descriptors</a>
 */
public record Descriptor(String mediaType, Digest digest, long size, String json) {

    private static final String REFERENCE_TYPE = "vnd.docker.reference.type";
    private static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";

    static Descriptor of(JsonNode node, String what) {
        if (!(node instanceof ObjectNode object) || !node.path("size").canConvertToLong()) {
            throw ManifestJson.invalid(what, "a descriptor in it has no size");
        }
        var size = object.path("size").longValue();
        if (size < 0) {
            throw ManifestJson.invalid(what, "a descriptor in it has the size %d".formatted(size));
        }
        var mediaType = ManifestJson.text(object, "mediaType", what);
        return new Descriptor(mediaType, digest(object, what), size, object.toString());
    }

    private static Digest digest(ObjectNode object, String what) {
        try {
            return new Digest(ManifestJson.text(object, "digest", what));
        } catch (IllegalArgumentException e) {
            throw ManifestJson.invalid(what, "a descriptor in it has a digest that is none: " + e.getMessage());
        }
    }

    /** The entry that an index needs for an image which stood alone; {@code platform} is the index entry's platform. */
    static Descriptor ofAlone(RawManifest manifest, ObjectNode platform) {
        var size = manifest.bytes().length;
        var object = JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", manifest.mediaType())
                .put("digest", manifest.digest().value())
                .put("size", size);
        object.set("platform", platform);
        return new Descriptor(manifest.mediaType(), manifest.digest(), size, object.toString());
    }

    /** The same entry with this platform object, unless it states one. */
    Descriptor orWithPlatform(ObjectNode platform) {
        if (platform().isPresent()) {
            return this;
        }
        return new Descriptor(
                mediaType, digest, size, read().set("platform", platform).toString());
    }

    /** The platform that the entry states, if it states one. */
    public Optional<ImagePlatform> platform() {
        var platform = read().path("platform");
        if (!platform.isObject()) {
            return Optional.empty();
        }
        var what = "descriptor " + digest;
        return Optional.of(ImagePlatform.of(
                ManifestJson.text(platform, "os", what),
                ManifestJson.text(platform, "architecture", what),
                ManifestJson.text(platform, "variant", what)));
    }

    /**
     * The kind that BuildKit gives the entry; empty for an image.
     *
     * @see <a href="https://github.com/moby/buildkit/blob/v0.33.1/docs/attestations/attestation-storage.md">BuildKit's attestation storage</a>
     */
    String referenceType() {
        return annotation(REFERENCE_TYPE);
    }

    /** Whether the entry attests an image. */
    public boolean isAttestation() {
        return referenceType().equals("attestation-manifest");
    }

    /** Whether the entry says that it is about the image with this digest. */
    boolean isAbout(Digest image) {
        return annotation(REFERENCE_DIGEST).equals(image.value());
    }

    /** The annotation under {@code key}, or empty. */
    public String annotation(String key) {
        return ManifestJson.text(read().path("annotations"), key, "descriptor " + digest);
    }

    /** Whether the content may only be fetched from where its urls say, so is in no repository. */
    public boolean isForeign() {
        return mediaType.contains(".nondistributable.") || mediaType.contains(".foreign.");
    }

    ObjectNode read() {
        return ManifestJson.read(json, "descriptor " + digest);
    }
}
