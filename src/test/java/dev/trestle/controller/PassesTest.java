package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.api.BackendBuild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** No object's content ends a pass in a way that the operator SDK does not retry. */
class PassesTest {
    private final List<String> broken = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Passes passes = new Passes(events(), broken::add, nanos::get);

    @Test
    void aStackOverflowIsReportedOnItsObjectAndThrownAsAnException() {
        assertThatThrownBy(() -> run(PassesTest::overflow))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(StackOverflowError.class)
                .hasMessageContaining("'tenant/hostile'");
        assertThat(reported).singleElement().asString().contains("'java.lang.StackOverflowError'", "retried");
        assertThat(broken).containsExactly("backendbuild");
        assertThat(passes.underWay()).isEmpty();
    }

    @Test
    void anExceptionOfTheOperatorsOwnIsReportedWithoutItsMessage() {
        assertThatThrownBy(() -> run(() -> {
                    throw new NullPointerException("what a repository holds");
                }))
                .isInstanceOf(NullPointerException.class);
        assertThat(reported).singleElement().asString().doesNotContain("what a repository holds");
        assertThat(broken).hasSize(1);
    }

    @Test
    void theApiServersRefusalsAreNoFaultOfTheOperator() {
        assertThatThrownBy(() -> run(() -> {
                    throw new KubernetesClientException("timeout");
                }))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(reported).isEmpty();
        assertThat(broken).isEmpty();
    }

    @Test
    void aPassThatIsUnderWayHasItsAgeAndThread() {
        run(() -> {
            nanos.set(Duration.ofSeconds(61).toNanos());
            assertThat(passes.underWay()).singleElement().satisfies(pass -> {
                assertThat(pass.age()).isEqualTo(Duration.ofSeconds(61));
                assertThat(pass.object()).isEqualTo("tenant/hostile");
                assertThat(pass.thread()).isEqualTo(Thread.currentThread());
            });
            return "";
        });
        assertThat(passes.underWay()).isEmpty();
    }

    @Test
    void callbacksHaveAnAnswerForAnObjectThatTheyFailOn() {
        var counted = new ArrayList<String>();
        var callbacks = new Callbacks(() -> counted.add("broken"));
        HasMetadata object = hostile();
        assertThat(callbacks.<HasMetadata>index(_ -> List.of(overflow())).apply(object))
                .isEmpty();
        assertThat(callbacks
                        .<HasMetadata>mapper(_ -> Set.of(new ResourceID(overflow())))
                        .toPrimaryResourceIDs(object))
                .isEmpty();
        assertThat(callbacks.<HasMetadata>filter((_, _) -> overflow().isEmpty()).accept(object, object))
                .isTrue();
        assertThat(callbacks
                        .<HasMetadata>trim(_ -> {
                            throw new IllegalStateException("hostile");
                        })
                        .apply(object))
                .isSameAs(object);
        assertThat(counted).hasSize(4);
    }

    private String run(java.util.function.Supplier<String> pass) {
        return passes.run("backendbuild", hostile(), pass, reported::add);
    }

    @SuppressWarnings("InfiniteRecursion") // the very thing
    private static String overflow() {
        return overflow() + "x";
    }

    private static BackendBuild hostile() {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder()
                .withNamespace("tenant")
                .withName("hostile")
                .withUid("0")
                .build());
        return build;
    }

    /** Nothing listens there: an event that cannot be written changes nothing. */
    private static EventRecorder events() {
        var client = new KubernetesClientBuilder()
                .withConfig(new io.fabric8.kubernetes.client.ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:9")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        return new EventRecorder(client, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "test");
    }
}
