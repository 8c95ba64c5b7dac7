package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.core.merge.TinyImage;
import dev.trestle.registry.MergeRequest.Source;
import dev.trestle.registry.MergeRequest.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why legs have anchors (invariant 3): a registry whose garbage collection runs all the time takes every leg that waits for its merge,
 * unless a tag of its own holds it. The first test is the control of the second: the same pushes, the same collector, no anchors.
 */
class GarbageCollectionIT {
    private static final int IMAGES = 12;
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");

    @TempDir
    private Path folder = Path.of("");

    private CollectedRegistry collected;
    private RealRegistry real;

    @BeforeEach
    void start() throws IOException {
        collected = new CollectedRegistry(folder);
        real = RealRegistry.at(collected.host());
    }

    @AfterEach
    void stop() {
        collected.close();
    }

    @Test
    @Timeout(600)
    void withoutAnchorsTheCollectorTakesLegsBeforeTheyAreMerged() {
        var merges = ofAll(image -> pushAndMerge(image, 1, false));

        assertThat(merges).hasSize(IMAGES).allSatisfy(merge -> {
            assertThat(merge.failure()).contains(FailureClass.ChildMissing);
            assertThat(merge.gone()).containsExactlyElementsOf(PLATFORMS);
        });
        ofAll(image ->
                assertThat(real.client().digestOf(repository(image), "latest")).isEmpty());
    }

    @Test
    @Timeout(600)
    void withAnchorsNoLegIsEverLost() {
        for (var version = 1; version <= 2; version++) {
            var built = version;
            var merges = ofAll(image -> pushAndMerge(image, built, true));
            collected.awaitRound();

            assertThat(merges).hasSize(IMAGES).containsOnly(Merged.WELL);
            ofAll(image -> assertThat(attestationsUnder(image))
                    .as("image %d, version %d", image, built)
                    .containsExactlyElementsOf(attestations(built)));
        }
    }

    /** @param failure none when it went well */
    private record Merged(Optional<FailureClass> failure, List<String> gone) {
        static final Merged WELL = new Merged(Optional.empty(), List.of());
    }

    /** Each leg lies there for a round of the collector at least before the next one is pushed, and before the merge. */
    private Merged pushAndMerge(int image, int version, boolean anchored) {
        for (var platform : PLATFORMS) {
            collected.write(() -> push(leg(platform, version), image, anchored));
            collected.awaitRound();
        }
        return collected.write(() -> merge(image, version));
    }

    private TinyImage push(TinyImage leg, int image, boolean anchored) {
        real.push(leg, repository(image));
        if (anchored) {
            var anchor = Names.anchor("image" + image, Platform.parse(leg.platform()), "");
            real.client().putManifest(repository(image), anchor, leg.root());
        }
        return leg;
    }

    private Merged merge(int image, int version) {
        var sources = PLATFORMS.stream()
                .map(platform -> new Source(
                        ImagePlatform.parse(platform),
                        repository(image),
                        leg(platform, version).root().digest()))
                .toList();
        var request = new MergeRequest(sources, List.of(new Target(repository(image), List.of("latest"))), Map.of());
        try {
            new Merge(real.client(), real.retry(Backoff.OF_LOOKS)).run(request);
            return Merged.WELL;
        } catch (MergeRefused e) {
            return new Merged(
                    Optional.of(e.failure()),
                    e.gone().stream().map(ImagePlatform::toString).toList());
        }
    }

    /** Digests of what attests the images that can be read under the tag; unlike the images they differ by version. */
    private List<String> attestationsUnder(int image) {
        return ImageView.of(real.client(), repository(image), "latest").platforms().stream()
                .flatMap(shown -> shown.attestations().stream())
                .map(shown -> shown.digest().value())
                .toList();
    }

    private static List<String> attestations(int version) {
        return PLATFORMS.stream()
                .map(platform -> leg(platform, version).attestation().digest().value())
                .toList();
    }

    private static TinyImage leg(String platform, int version) {
        return TinyImage.of(platform).attested("version " + version);
    }

    private Repository repository(int image) {
        return Repository.parse(collected.host() + "/acme/image" + image);
    }

    private static <T> List<T> ofAll(IntFunction<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return IntStream.range(0, IMAGES)
                    .mapToObj(image -> threads.submit(() -> work.apply(image)))
                    .toList()
                    .stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
