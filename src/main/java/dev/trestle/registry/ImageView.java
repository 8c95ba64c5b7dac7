package dev.trestle.registry;

import dev.trestle.core.merge.Descriptor;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.ImageConfig;
import dev.trestle.core.merge.ImageManifest;
import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.merge.LegRoot;
import dev.trestle.core.merge.RawManifest;
import java.util.List;
import java.util.Optional;

/** An image as people ask about it: its platforms, their sizes, and the attestations of each. */
public record ImageView(Digest digest, String mediaType, List<PlatformView> platforms) {

    private static final int CONFIG_LIMIT = 4 << 20;

    /**
     * One platform of the image.
     *
     * @param size config and layers in bytes, as they are transferred
     */
    public record PlatformView(String platform, Digest digest, long size, List<AttestationView> attestations) {}

    /**
     * One attestation manifest.
     *
     * @param predicates of its statements, such as {@code https://slsa.dev/provenance/v1}
     */
    public record AttestationView(Digest digest, List<String> predicates) {}

    /**
     * Looks at the image under a tag or a digest.
     *
     * @throws RegistryFailure when there is none, or the registry does not tell
     */
    public static ImageView of(ImageRegistry registry, Repository repository, String reference) {
        var looking = new Looking(registry, repository);
        var raw = looking.manifest(reference);
        var platforms = switch (LegRoot.of(raw)) {
            case LegRoot.Index index -> looking.platforms(index);
            case LegRoot.Alone alone -> List.of(looking.alone(alone.manifest()));
        };
        return new ImageView(raw.digest(), raw.mediaType(), platforms);
    }

    private record Looking(ImageRegistry registry, Repository repository) {

        RawManifest manifest(String reference) {
            return registry.manifest(repository, reference)
                    .orElseThrow(() -> Doing.pull(repository, "manifest " + reference)
                            .failed(
                                    FailureClass.ChildMissing,
                                    "there is none",
                                    "Check the repository and the tag or digest."));
        }

        List<PlatformView> platforms(LegRoot.Index index) {
            var images = index.entries().stream()
                    .filter(entry -> !entry.isAttestation())
                    .toList();
            return Parallel.map(images, entry -> platform(index, entry));
        }

        private PlatformView platform(LegRoot.Index index, Descriptor entry) {
            var manifest = ImageManifest.of(manifest(entry.digest().value()));
            var attestations = index.attestationsOf(entry.digest()).stream()
                    .map(this::attestation)
                    .toList();
            var platform = entry.platform().orElseGet(() -> built(manifest));
            return new PlatformView(platform.toString(), entry.digest(), manifest.size(), attestations);
        }

        private AttestationView attestation(Descriptor entry) {
            var predicates = ImageManifest.of(manifest(entry.digest().value())).layers().stream()
                    .map(layer -> layer.annotation("in-toto.io/predicate-type"))
                    .toList();
            return new AttestationView(entry.digest(), predicates);
        }

        PlatformView alone(RawManifest raw) {
            var manifest = ImageManifest.of(raw);
            return new PlatformView(built(manifest).toString(), raw.digest(), manifest.size(), List.of());
        }

        private ImagePlatform built(ImageManifest manifest) {
            var digest = manifest.config().digest();
            return Optional.of(digest)
                    .flatMap(config -> registry.blob(repository, config, CONFIG_LIMIT))
                    .map(blob -> ImageConfig.of(digest, blob).platform())
                    .orElseThrow(() -> Doing.pull(repository, "image config " + digest)
                            .failed(FailureClass.ChildMissing, "it is gone", "Build the image again."));
        }
    }
}
