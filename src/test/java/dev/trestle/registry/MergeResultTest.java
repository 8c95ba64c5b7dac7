package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.merge.IndexPlan;
import dev.trestle.core.merge.IndexRun;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.core.merge.TinyImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergeResultTest {

    @Test
    void tellsWhatWasMerged() {
        var image = TinyImage.of("linux/amd64").attested("a");
        var plan = IndexPlan.of(List.of(image.leg("linux/amd64")), Map.of());

        assertThat(MergeResult.of(plan))
                .isEqualTo(("{\"digest\":\"%s\",\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"size\":%d,"
                                + "\"platforms\":[{\"platform\":\"linux/amd64\",\"digest\":\"%s\",\"size\":%d}],"
                                + "\"attestations\":1}")
                        .formatted(
                                plan.index().digest(),
                                plan.size(),
                                image.manifest().digest(),
                                plan.images().getFirst().size()));
    }

    @Test
    void thirtyTwoPlatformsFitWithoutTheirSizes() {
        var legs = IntStream.range(0, 32)
                .mapToObj(number -> TinyImage.of("linux/mips64le/v" + number))
                .map(image -> image.leg(image.platform()))
                .toList();

        var result = MergeResult.of(IndexPlan.of(legs, Map.of()));

        assertThat(result.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MergeResult.LONGEST);
        assertThat(result).contains("linux/mips64le/v31");
    }

    @Test
    void namesWhatIsGone() {
        var platforms = Stream.of("linux/arm64", "linux/arm/v7")
                .map(ImagePlatform::parse)
                .toList();

        assertThat(MergeResult.of(MergeRefused.gone(platforms, "Gone.")))
                .isEqualTo("{\"failure\":{\"class\":\"ChildMissing\",\"message\":\"Gone.\","
                        + "\"gone\":[\"linux/arm64\",\"linux/arm/v7\"]}}");
    }

    @Test
    void namesTheRegistryThatHasHadEnough() {
        var busy = Doing.push(Repository.parse("quay.io/acme/app"), "manifest v1")
                .limited("HTTP 429", Optional.of(Duration.ofSeconds(90)));

        assertThat(MergeResult.of(busy))
                .startsWith("{\"failure\":{\"class\":\"RateLimited\",\"message\":\"Cannot push manifest v1 in")
                .endsWith("\"limitedBy\":\"quay.io\",\"retryAfter\":90}}");
    }

    @Test
    void namesTheLaterRunOfTheSameBuild() {
        var held = new IndexRun("shop/cart", "2026-11-21T12:00:00Z", 7);
        var older = new IndexRun("shop/cart", "2026-11-21T12:00:00Z", 3);
        var before = new IndexRun("shop/cart", "2026-11-20T12:00:00Z", 9);

        assertThat(MergeResult.of(MergeRefused.superseded("r.test/a:v1", older, held)))
                .contains("\"class\":\"Superseded\"", "\"supersededBy\":7");
        assertThat(MergeResult.of(MergeRefused.superseded("r.test/a:v1", before, held)))
                .doesNotContain("supersededBy");
    }

    @Test
    void aLongMessageIsCut() {
        var result = MergeResult.of(FailureClass.Invalid, "é\"\n".repeat(2000));

        assertThat(result).startsWith("{\"failure\":{\"class\":\"Invalid\",\"message\":\"é\\\"\\n");
        assertThat(result.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MergeResult.LONGEST);
    }
}
