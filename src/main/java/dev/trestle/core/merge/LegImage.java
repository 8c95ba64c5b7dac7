package dev.trestle.core.merge;

import java.util.List;

/**
 * The one image that a leg brings into the index.
 *
 * @param entry its entry in the index
 * @param attestations their entries, as the leg's index has them
 */
record LegImage(ImagePlatform platform, Descriptor entry, ImageManifest manifest, List<Attestation> attestations) {

    /** An entry for an attestation, and the parts of its manifest. */
    record Attestation(Descriptor entry, ImageManifest manifest) {}

    /**
     * The leg's image, checked.
     *
     * @throws MergeRefused when the root has another platform, more than one, or an image that was built for another
     */
    static LegImage of(FetchedLeg leg) {
        var entry = theOnly(entries(leg), leg);
        requirePlatform(entry, leg);
        requireConfig(entry, leg);
        var attestations = attestations(leg, entry.digest());
        return new LegImage(leg.declared(), entry, leg.manifest(entry.digest()), attestations);
    }

    private static List<Descriptor> entries(FetchedLeg leg) {
        return switch (leg.root()) {
            case LegRoot.Alone alone -> {
                var platform = leg.config(alone.digest()).entryNode();
                yield List.of(Descriptor.ofAlone(alone.manifest(), platform));
            }
            case LegRoot.Index index ->
                index.entries().stream()
                        .filter(entry -> !entry.isAttestation())
                        .map(entry ->
                                entry.orWithPlatform(leg.config(entry.digest()).entryNode()))
                        .toList();
        };
    }

    private static Descriptor theOnly(List<Descriptor> entries, FetchedLeg leg) {
        if (entries.size() == 1) {
            return entries.getFirst();
        }
        var platforms = entries.stream().map(LegImage::stated).toList();
        if (platforms.isEmpty()) {
            throw mismatch(leg, "it holds no image");
        }
        if (!platforms.contains(leg.declared())) {
            throw mismatch(leg, "it holds %s".formatted(platforms));
        }
        throw mismatch(leg, "it holds %s, where only the declared platform may be".formatted(platforms));
    }

    private static ImagePlatform stated(Descriptor entry) {
        return entry.platform().orElseThrow();
    }

    private static void requirePlatform(Descriptor entry, FetchedLeg leg) {
        if (!stated(entry).equals(leg.declared())) {
            throw mismatch(leg, "it holds %s".formatted(stated(entry)));
        }
    }

    private static void requireConfig(Descriptor entry, FetchedLeg leg) {
        var built = leg.config(entry.digest()).platform();
        if (!built.equals(leg.declared())) {
            throw mismatch(
                    leg,
                    "the config of image %s says %s (often a FROM --platform that names another)"
                            .formatted(entry.digest(), built));
        }
    }

    private static List<Attestation> attestations(FetchedLeg leg, Digest image) {
        return switch (leg.root()) {
            case LegRoot.Alone alone -> List.of();
            case LegRoot.Index index ->
                index.attestationsOf(image).stream()
                        .map(entry -> new Attestation(entry, leg.manifest(entry.digest())))
                        .toList();
        };
    }

    private static MergeRefused mismatch(FetchedLeg leg, String cause) {
        return new MergeRefused(
                FailureClass.PlatformMismatch,
                "Leg %s cannot be merged from '%s': %s. Build the leg for its declared platform, or declare what it builds."
                        .formatted(leg.declared(), leg.source(), cause));
    }
}
