package dev.trestle.core.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The parts of an image manifest, or of an attestation manifest. */
public record ImageManifest(Descriptor config, List<Descriptor> layers) {

    /**
     * Reads a manifest.
     *
     * @throws MergeRefused when {@code raw} is not a manifest with a config and layers
     */
    public static ImageManifest of(RawManifest raw) {
        var object = ManifestJson.read(raw.json(), raw.what());
        if (!MediaTypes.isManifest(raw.mediaType()) || object.has("manifests")) {
            throw ManifestJson.invalid(
                    raw.what(), "its media type '%s' is no image manifest's".formatted(raw.mediaType()));
        }
        var layers = new ArrayList<Descriptor>();
        object.path("layers").forEach(layer -> layers.add(Descriptor.of(layer, raw.what())));
        return new ImageManifest(Descriptor.of(object.path("config"), raw.what()), List.copyOf(layers));
    }

    /** Everything that a registry must hold for this manifest, config first. */
    public Stream<Descriptor> blobs() {
        return Stream.concat(Stream.of(config), layers.stream());
    }

    /** Sum of config and layers in bytes, as they are transferred. */
    public long size() {
        return blobs().mapToLong(Descriptor::size).sum();
    }
}
