package dev.trestle.core.merge;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An image of a few bytes in the shape that BuildKit pushes: alone, or in an index with a provenance attestation.
 *
 * @param platform what the index entry says
 * @param built what the config says
 * @param provenance the attestation's text; empty for none
 */
public record TinyImage(String platform, String built, boolean docker, String provenance) {

    public static TinyImage of(String platform) {
        return new TinyImage(platform, platform, false, "");
    }

    public TinyImage attested(String provenance) {
        return new TinyImage(platform, built, docker, provenance);
    }

    public TinyImage builtFor(String other) {
        return new TinyImage(platform, other, docker, provenance);
    }

    public TinyImage ofDockerTypes() {
        return new TinyImage(platform, built, true, provenance);
    }

    public byte[] layer() {
        return bytes("the layer of " + platform);
    }

    public byte[] config() {
        var parts = built.split("/", -1);
        var variant = parts.length == 3 ? ",\"variant\":\"" + parts[2] + "\"" : "";
        return bytes("{\"architecture\":\"%s\",\"os\":\"%s\"%s,\"rootfs\":{\"type\":\"layers\"}}"
                .formatted(parts[1], parts[0], variant));
    }

    public RawManifest manifest() {
        var type = docker ? MediaTypes.DOCKER_MANIFEST : MediaTypes.OCI_MANIFEST;
        var config =
                docker ? "application/vnd.docker.container.image.v1+json" : "application/vnd.oci.image.config.v1+json";
        var layer = docker
                ? "application/vnd.docker.image.rootfs.diff.tar.gzip"
                : "application/vnd.oci.image.layer.v1.tar+gzip";
        return raw(
                type,
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                        .formatted(type, descriptor(config, config(), ""), descriptor(layer, layer(), "")));
    }

    public byte[] statement() {
        return bytes(
                "{\"predicateType\":\"https://slsa.dev/provenance/v1\",\"predicate\":\"%s\"}".formatted(provenance));
    }

    public byte[] attestationConfig() {
        return bytes("{}");
    }

    /** As BuildKit writes it since 0.32: an OCI artifact whose subject is the image. */
    public RawManifest attestation() {
        var config = descriptor("application/vnd.oci.empty.v1+json", attestationConfig(), ",\"data\":\"e30=\"");
        var layer = descriptor(
                "application/vnd.in-toto+json",
                statement(),
                ",\"annotations\":{\"in-toto.io/predicate-type\":\"https://slsa.dev/provenance/v1\"}");
        var subject = descriptor(manifest().mediaType(), manifest().bytes(), "");
        return raw(
                MediaTypes.OCI_MANIFEST,
                ("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"artifactType\":"
                                + "\"application/vnd.docker.attestation.manifest.v1+json\","
                                + "\"config\":%s,\"layers\":[%s],\"subject\":%s}")
                        .formatted(MediaTypes.OCI_MANIFEST, config, layer, subject));
    }

    public String imageEntry() {
        var parts = platform.split("/", -1);
        var variant = parts.length == 3 ? ",\"variant\":\"" + parts[2] + "\"" : "";
        return descriptor(
                manifest().mediaType(),
                manifest().bytes(),
                ",\"platform\":{\"architecture\":\"%s\",\"os\":\"%s\"%s}".formatted(parts[1], parts[0], variant));
    }

    public String attestationEntry() {
        return attestationEntry(manifest().digest(), "attestation-manifest");
    }

    public String attestationEntry(Digest about, String type) {
        return descriptor(
                MediaTypes.OCI_MANIFEST,
                attestation().bytes(),
                (",\"annotations\":{\"vnd.docker.reference.digest\":\"%s\",\"vnd.docker.reference.type\":\"%s\"},"
                                + "\"platform\":{\"architecture\":\"unknown\",\"os\":\"unknown\"}")
                        .formatted(about, type));
    }

    /** What a build of this image pushes. */
    public RawManifest root() {
        return provenance.isEmpty() ? manifest() : index(imageEntry(), attestationEntry());
    }

    public static RawManifest index(String... entries) {
        return raw(
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                        .formatted(MediaTypes.OCI_INDEX, String.join(",", entries)));
    }

    /** This image as the leg that {@code declared} it. */
    public FetchedLeg leg(String declared) {
        return leg(declared, root(), this);
    }

    /** A leg with this root, under which these images lie. */
    public static FetchedLeg leg(String declared, RawManifest root, TinyImage... images) {
        Map<Digest, ImageManifest> manifests = new HashMap<>();
        Map<Digest, ImageConfig> configs = new HashMap<>();
        for (var image : images) {
            manifests.put(image.manifest().digest(), ImageManifest.of(image.manifest()));
            manifests.put(image.attestation().digest(), ImageManifest.of(image.attestation()));
            configs.put(image.manifest().digest(), ImageConfig.of(Digest.of(image.config()), image.config()));
        }
        var source = "registry.test/a@" + root.digest();
        return new FetchedLeg(ImagePlatform.parse(declared), source, LegRoot.of(root), manifests, configs);
    }

    private static String descriptor(String mediaType, byte[] content, String more) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(mediaType, Digest.of(content), content.length, more);
    }

    private static RawManifest raw(String mediaType, String json) {
        return RawManifest.of(mediaType, bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
