package dev.trestle.core.merge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The index that legs become: their images in platform order, then the attestations of these images, each entry as the leg's own
 * index has it. Equal legs give an equal index, whatever order they come in.
 *
 * @param index to put into each registry
 * @param images one per leg
 * @param attestations how many entries attest one of the images
 * @param size bytes of all distinct blobs, as they are transferred
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">OCI image index</a>
 */
public record IndexPlan(RawManifest index, List<Image> images, int attestations, long size) {

    /** One platform of the index; {@code size} is the image's config and layers in bytes, as they are transferred. */
    public record Image(ImagePlatform platform, Digest digest, long size) {}

    /**
     * Plans the index of these legs.
     *
     * @param annotations for the index itself; with any, the index is an OCI one, for Docker's list has none
     * @throws MergeRefused when two legs are for one platform, or a leg holds something else than its declared platform
     */
    public static IndexPlan of(List<FetchedLeg> legs, Map<String, String> annotations) {
        refuseTwice(legs);
        var images = legs.stream()
                .map(LegImage::of)
                .sorted((one, other) -> one.platform().compareTo(other.platform()))
                .toList();
        var index = index(entries(images), annotations);
        return new IndexPlan(
                index, images.stream().map(IndexPlan::summary).toList(), attestations(images), size(images));
    }

    /** Digests of all that the index points at, images first. */
    public List<Digest> children() {
        return LegRoot.of(index) instanceof LegRoot.Index whole
                ? whole.entries().stream().map(Descriptor::digest).toList()
                : List.of();
    }

    private static void refuseTwice(List<FetchedLeg> legs) {
        var seen = new HashSet<ImagePlatform>();
        for (var leg : legs) {
            if (!seen.add(leg.declared())) {
                throw new MergeRefused(
                        FailureClass.Invalid,
                        "Platform %s is to be merged twice, the second time from '%s'. Each platform may stand once."
                                .formatted(leg.declared(), leg.source()));
            }
        }
    }

    private static List<Descriptor> entries(List<LegImage> images) {
        var attestations = images.stream().flatMap(image -> image.attestations().stream());
        return Stream.concat(images.stream().map(LegImage::entry), attestations.map(LegImage.Attestation::entry))
                .toList();
    }

    private static RawManifest index(List<Descriptor> entries, Map<String, String> annotations) {
        var allDocker = entries.stream().allMatch(entry -> entry.mediaType().equals(MediaTypes.DOCKER_MANIFEST));
        var mediaType = allDocker && annotations.isEmpty() ? MediaTypes.DOCKER_LIST : MediaTypes.OCI_INDEX;
        var json = JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", mediaType);
        var manifests = json.putArray("manifests");
        entries.forEach(entry -> manifests.add(entry.read()));
        if (!annotations.isEmpty()) {
            var sorted = json.putObject("annotations");
            new TreeMap<>(annotations).forEach(sorted::put);
        }
        var text = json.toString();
        return new RawManifest(Digest.of(text), mediaType, text);
    }

    private static Image summary(LegImage image) {
        return new Image(
                image.platform(), image.entry().digest(), image.manifest().size());
    }

    private static int attestations(List<LegImage> images) {
        return images.stream().mapToInt(image -> image.attestations().size()).sum();
    }

    private static long size(List<LegImage> images) {
        return images.stream()
                .flatMap(image -> Stream.concat(
                        Stream.of(image.manifest()),
                        image.attestations().stream().map(LegImage.Attestation::manifest)))
                .flatMap(ImageManifest::blobs)
                .collect(Collectors.toMap(Descriptor::digest, Descriptor::size, (same, again) -> same))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
