package dev.trestle.core.merge;

import java.util.Map;
import java.util.Objects;

/**
 * A leg as it lies in a registry: its root and all that was read below it.
 *
 * @param declared the platform that the leg was built for
 * @param source where it was read, {@code repository@digest}, for messages
 * @param manifests of every image and every attestation under the root
 * @param configs of every image, by the image manifest's digest
 */
public record FetchedLeg(
        ImagePlatform declared,
        String source,
        LegRoot root,
        Map<Digest, ImageManifest> manifests,
        Map<Digest, ImageConfig> configs) {

    ImageManifest manifest(Digest digest) {
        return Objects.requireNonNull(manifests.get(digest), "a leg's manifests are read whole");
    }

    ImageConfig config(Digest image) {
        return Objects.requireNonNull(configs.get(image), "a leg's configs are read whole");
    }
}
