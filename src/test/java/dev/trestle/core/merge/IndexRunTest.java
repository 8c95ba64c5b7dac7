package dev.trestle.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.MergeRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexRunTest {
    private static final String MORNING = "2026-11-21T09:00:00Z";
    private static final String NOON = "2026-11-21T12:00:00Z";
    private static final IndexRun HELD = new IndexRun("shop/cart", NOON, 10);

    static Stream<Arguments> order() {
        return Stream.of(
                arguments("the next run follows", new IndexRun("shop/cart", NOON, 11), true),
                arguments("numbers are compared as numbers", new IndexRun("shop/cart", NOON, 9), false),
                arguments("another merge of that number does not follow", HELD, false),
                arguments(
                        "a build that was created again begins anew",
                        new IndexRun("shop/cart", "2026-11-21T12:00:01Z", 1),
                        true),
                arguments("what it was before does not come back", new IndexRun("shop/cart", MORNING, 99), false),
                arguments("another build is another's business", new IndexRun("shop/till", MORNING, 1), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("order")
    void tellsWhetherATagMayMove(String promise, IndexRun wanted, boolean expected) {
        assertThat(wanted.mayFollow(HELD)).isEqualTo(expected);
    }

    @Test
    void whatIsWrittenIsRead() {
        var run = new MergeRun("shop/cart", NOON, 10L, "a1".repeat(20), List.of("linux/arm64", "linux/arm/v7"));

        assertThat(IndexRun.annotations(run))
                .containsExactly(
                        Map.entry("dev.trestle.build", "shop/cart"),
                        Map.entry("dev.trestle.missing", "linux/arm64,linux/arm/v7"),
                        Map.entry("dev.trestle.number", "10"),
                        Map.entry("dev.trestle.since", NOON),
                        Map.entry("org.opencontainers.image.revision", "a1".repeat(20)));
        assertThat(IndexRun.of(
                        IndexPlan.of(List.of(TinyImage.of("linux/amd64").leg("linux/amd64")), IndexRun.annotations(run))
                                .index()))
                .contains(HELD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "{}",
                "{\"annotations\":[]}",
                "{\"annotations\":{\"dev.trestle.build\":\"shop/cart\",\"dev.trestle.since\":\"x\"}}",
                "{\"annotations\":{\"dev.trestle.build\":\"b\",\"dev.trestle.since\":\"x\",\"dev.trestle.number\":\"-1\"}}",
                "{\"annotations\":{\"dev.trestle.build\":\"b\",\"dev.trestle.since\":\"x\",\"dev.trestle.number\":\"99999999999999999999\"}}"
            })
    void whatSaysNoRunIsOfNone(String json) {
        var held = RawManifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));

        assertThat(IndexRun.of(held)).isEmpty();
    }
}
