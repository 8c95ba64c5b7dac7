package dev.trestle.core.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The root that a leg's build pushed: an index of one image and its attestations, or an image alone. */
public sealed interface LegRoot {

    /** The digest that the leg reported. */
    Digest digest();

    /** Digests of the manifests that hold images. */
    List<Digest> images();

    /** Digests of the manifests that attest one of the images. */
    List<Digest> attestations();

    /** Entries that are neither an image nor say of which image they are, so cannot be merged. */
    List<Digest> leftOut();

    /**
     * An index, without the entries that BuildKit says to ignore.
     *
     * @param leftOut entries of the platform {@code unknown/unknown} without annotations: attestations that were copied by a tool that drops
     *     annotations, see https://github.com/containers/buildah/issues/5331
     */
    record Index(Digest digest, List<Descriptor> entries, List<Digest> leftOut) implements LegRoot {

        @Override
        public List<Digest> images() {
            return entries.stream()
                    .filter(Predicate.not(Descriptor::isAttestation))
                    .map(Descriptor::digest)
                    .toList();
        }

        @Override
        public List<Digest> attestations() {
            return images().stream()
                    .flatMap(image -> attestationsOf(image).stream())
                    .map(Descriptor::digest)
                    .toList();
        }

        /** Entries about this image, in the index's order. */
        public List<Descriptor> attestationsOf(Digest image) {
            return entries.stream()
                    .filter(entry -> entry.isAttestation() && entry.isAbout(image))
                    .toList();
        }
    }

    /** An image without attestations, pushed as it is. */
    record Alone(RawManifest manifest) implements LegRoot {

        @Override
        public Digest digest() {
            return manifest.digest();
        }

        @Override
        public List<Digest> images() {
            return List.of(manifest.digest());
        }

        @Override
        public List<Digest> attestations() {
            return List.of();
        }

        @Override
        public List<Digest> leftOut() {
            return List.of();
        }
    }

    /**
     * Reads the root that a leg pushed.
     *
     * @throws MergeRefused when {@code raw} is neither, or an index within an index
     */
    static LegRoot of(RawManifest raw) {
        if (!MediaTypes.isIndex(raw.mediaType())) {
            return new Alone(raw);
        }
        var index = ManifestJson.read(raw.json(), raw.what());
        if (index.has("layers")
                || index.has("config")
                || !index.path("manifests").isArray()) {
            throw ManifestJson.invalid(raw.what(), "its media type is an index's, its content is not");
        }
        var entries = new ArrayList<Descriptor>();
        index.path("manifests").forEach(entry -> entries.add(Descriptor.of(entry, raw.what())));
        return new Index(
                raw.digest(),
                entries.stream().filter(entry -> kept(entry, raw)).toList(),
                entries.stream()
                        .filter(LegRoot::isOfNoPlatform)
                        .map(Descriptor::digest)
                        .toList());
    }

    private static boolean kept(Descriptor entry, RawManifest raw) {
        if (!entry.referenceType().isEmpty()) {
            return entry.isAttestation();
        }
        if (isOfNoPlatform(entry)) {
            return false;
        }
        if (!MediaTypes.isManifest(entry.mediaType())) {
            throw ManifestJson.invalid(
                    raw.what(), "its entry %s is a '%s', not an image".formatted(entry.digest(), entry.mediaType()));
        }
        return true;
    }

    private static boolean isOfNoPlatform(Descriptor entry) {
        return entry.referenceType().isEmpty()
                && entry.platform()
                        .filter(platform -> platform.os().equals("unknown")
                                && platform.architecture().equals("unknown"))
                        .isPresent();
    }
}
