package dev.trestle.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndexPlanTest {

    private static final TinyImage AMD64 = TinyImage.of("linux/amd64");
    private static final TinyImage ARM64 = TinyImage.of("linux/arm64");
    private static final TinyImage ATTESTED_AMD64 = AMD64.attested("one");
    private static final TinyImage ATTESTED_ARM64 = ARM64.attested("other");

    static Stream<Arguments> merges() {
        var foreign = ATTESTED_AMD64.attestationEntry(ARM64.manifest().digest(), "attestation-manifest");
        var unknownKind = ATTESTED_AMD64.attestationEntry(AMD64.manifest().digest(), "something-new");
        var rich = AMD64.imageEntry()
                .replace(
                        "\"platform\"",
                        "\"urls\":[\"https://x.test/\"],\"artifactType\":\"a/b\",\"new\":1.50,\"platform\"");
        var withoutPlatform = AMD64.imageEntry().replaceAll(",\"platform\":\\{.*?}", "");
        return Stream.of(
                argumentSet(
                        "two plain images get their platforms from their configs",
                        List.of(AMD64.leg("linux/amd64"), ARM64.leg("linux/arm64")),
                        List.of(AMD64.imageEntry(), ARM64.imageEntry())),
                argumentSet(
                        "the order of the legs does not matter",
                        List.of(ARM64.leg("linux/arm64"), AMD64.leg("linux/amd64")),
                        List.of(AMD64.imageEntry(), ARM64.imageEntry())),
                argumentSet(
                        "images come first, then attestations in the order of their images",
                        List.of(ATTESTED_ARM64.leg("linux/arm64"), ATTESTED_AMD64.leg("linux/amd64")),
                        List.of(
                                AMD64.imageEntry(),
                                ARM64.imageEntry(),
                                ATTESTED_AMD64.attestationEntry(),
                                ATTESTED_ARM64.attestationEntry())),
                argumentSet(
                        "a single leg's index is flattened as well",
                        List.of(ATTESTED_AMD64.leg("linux/amd64")),
                        List.of(AMD64.imageEntry(), ATTESTED_AMD64.attestationEntry())),
                argumentSet(
                        "what attests another image is left out",
                        List.of(TinyImage.leg(
                                "linux/amd64", TinyImage.index(AMD64.imageEntry(), foreign), ATTESTED_AMD64)),
                        List.of(AMD64.imageEntry())),
                argumentSet(
                        "an entry of a kind that BuildKit does not know yet is left out",
                        List.of(TinyImage.leg(
                                "linux/amd64", TinyImage.index(unknownKind, AMD64.imageEntry()), ATTESTED_AMD64)),
                        List.of(AMD64.imageEntry())),
                argumentSet(
                        "fields that nobody knows are kept",
                        List.of(TinyImage.leg("linux/amd64", TinyImage.index(rich), AMD64)),
                        List.of(rich)),
                argumentSet(
                        "an entry without a platform gets the config's",
                        List.of(TinyImage.leg("linux/amd64", TinyImage.index(withoutPlatform), AMD64)),
                        List.of(AMD64.imageEntry())),
                argumentSet(
                        "arm64/v8 and arm64 are one platform, and the entry stays as it was",
                        List.of(TinyImage.of("linux/arm64/v8").attested("v8").leg("linux/arm64")),
                        List.of(
                                TinyImage.of("linux/arm64/v8").imageEntry(),
                                TinyImage.of("linux/arm64/v8").attested("v8").attestationEntry())));
    }

    @ParameterizedTest
    @MethodSource
    void merges(List<FetchedLeg> legs, List<String> entries) {
        var expected = TinyImage.index(entries.toArray(String[]::new));

        assertThat(IndexPlan.of(legs, Map.of()).index()).isEqualTo(expected);
    }

    static Stream<Arguments> refusals() {
        var both = TinyImage.index(AMD64.imageEntry(), ARM64.imageEntry());
        var nested = AMD64.imageEntry().replace(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX);
        return Stream.of(
                refusal(
                        "two legs of one platform",
                        FailureClass.Invalid,
                        "Platform linux/arm64 is to be merged twice",
                        () -> List.of(ARM64.leg("linux/arm64"), ARM64.leg("linux/arm64/v8"))),
                refusal(
                        "an image of another platform",
                        FailureClass.PlatformMismatch,
                        "Leg linux/arm64 cannot be merged from 'registry.test/a@sha256:",
                        () -> List.of(AMD64.leg("linux/arm64"))),
                refusal(
                        "an entry of another platform",
                        FailureClass.PlatformMismatch,
                        "it holds linux/amd64. Build the leg for its declared platform",
                        () -> List.of(ATTESTED_AMD64.leg("linux/arm64"))),
                refusal(
                        "a platform more than declared",
                        FailureClass.PlatformMismatch,
                        "it holds [linux/amd64, linux/arm64], where only the declared platform may be",
                        () -> List.of(TinyImage.leg("linux/amd64", both, AMD64, ARM64))),
                refusal(
                        "an index without an image",
                        FailureClass.PlatformMismatch,
                        "it holds no image",
                        () -> List.of(TinyImage.leg("linux/amd64", TinyImage.index()))),
                refusal(
                        "a config that says another platform than the entry",
                        FailureClass.PlatformMismatch,
                        "says linux/amd64 (often a FROM --platform that names another)",
                        () -> List.of(ATTESTED_ARM64.builtFor("linux/amd64").leg("linux/arm64"))),
                refusal(
                        "a config of another variant",
                        FailureClass.PlatformMismatch,
                        "says linux/arm/v6",
                        () -> List.of(TinyImage.of("linux/arm/v7")
                                .attested("a")
                                .builtFor("linux/arm/v6")
                                .leg("linux/arm/v7"))),
                refusal(
                        "an index within an index",
                        FailureClass.Invalid,
                        "is a 'application/vnd.oci.image.index.v1+json', not an image",
                        () -> List.of(TinyImage.leg("linux/amd64", TinyImage.index(nested), AMD64))),
                refusal(
                        "a key that stands twice",
                        FailureClass.Invalid,
                        "Duplicate field 'manifests'",
                        () -> List.of(TinyImage.leg("linux/amd64", twice(both), AMD64))));
    }

    private static RawManifest twice(RawManifest index) {
        var json = index.json().replaceFirst("}$", ",\"manifests\":[]}");
        return new RawManifest(Digest.of(json), index.mediaType(), json);
    }

    private static Arguments refusal(
            String promise, FailureClass failure, String message, Supplier<List<FetchedLeg>> legs) {
        return argumentSet(promise, legs, failure, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Supplier<List<FetchedLeg>> legs, FailureClass failure, String message) {
        assertThatThrownBy(() -> IndexPlan.of(legs.get(), Map.of()))
                .hasMessageContaining(message)
                .asInstanceOf(InstanceOfAssertFactories.type(MergeRefused.class))
                .returns(failure, MergeRefused::failure);
    }

    @Test
    void isADockerListWhenAllImagesAreDocker() {
        var docker = List.of(
                AMD64.ofDockerTypes().leg("linux/amd64"), ARM64.ofDockerTypes().leg("linux/arm64"));
        var mixed = List.of(AMD64.ofDockerTypes().leg("linux/amd64"), ARM64.leg("linux/arm64"));

        assertThat(IndexPlan.of(docker, Map.of()).index().mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(IndexPlan.of(docker, Map.of("a", "b")).index().mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(IndexPlan.of(mixed, Map.of()).index().mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    }

    @Test
    void annotationsStandSortedAtTheEnd() {
        var index = IndexPlan.of(List.of(AMD64.leg("linux/amd64")), Map.of("z", "1", "a", "<&>"));

        assertThat(index.index().json()).endsWith("],\"annotations\":{\"a\":\"<&>\",\"z\":\"1\"}}");
    }

    @Test
    void countsEachBlobOnce() {
        var plan =
                IndexPlan.of(List.of(ATTESTED_AMD64.leg("linux/amd64"), ATTESTED_ARM64.leg("linux/arm64")), Map.of());

        var images = plan.images().stream().mapToLong(IndexPlan.Image::size).sum();
        var statements = ATTESTED_AMD64.statement().length + ATTESTED_ARM64.statement().length;
        assertThat(plan.size()).isEqualTo(images + statements + "{}".length());
        assertThat(plan.attestations()).isEqualTo(2);
    }
}
