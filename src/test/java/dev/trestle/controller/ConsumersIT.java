package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.refresh.UpstreamView;
import dev.trestle.runtime.ApiServerJson;
import dev.trestle.schedule.CronSchedule;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A base counts its consumers right within seconds, however quickly builds come and go: it reads them where it learns of them. */
@SharesCluster
class ConsumersIT {
    private static final int ROUNDS = 8;
    private static final int BUILDS = 6;

    private final KubernetesClient client = new KubernetesClientBuilder()
            .withKubernetesSerialization(ApiServerJson.serialization())
            .build();
    private String namespace = "";

    @BeforeEach
    void createNamespace() {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("consumers-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void quickCreatesAndDeletesAreCountedRight() {
        var operator =
                new Operator(overrider -> overrider.withKubernetesClient(client).withCloseClientOnStop(false));
        var gather = new BaseGather(
                new Stores(true, new Callbacks(() -> {})),
                CronSchedule::parse,
                _ -> new UpstreamView.Unresolved(),
                Clock.systemUTC());
        var events = new EventRecorder(client, Clock.systemUTC(), "test");
        operator.register(
                new BaseImageReconciler(gather, events, new Passes(events, _ -> {}, System::nanoTime)),
                overrider -> overrider.settingNamespaces(namespace));
        operator.start();
        try {
            client.resource(base("python")).create();
            client.resource(base("other")).create();
            expect("python", 0);
            for (var round = 0; round < ROUNDS; round++) {
                IntStream.range(0, BUILDS)
                        .forEach(number ->
                                client.resource(build("b" + number, "python")).create());
                client.resource(build("b0", "python")).delete();
                expect("python", BUILDS - 1);
                moveTo("other", "b1");
                expect("python", BUILDS - 2);
                expect("other", 1);
                IntStream.range(1, BUILDS)
                        .forEach(number ->
                                client.resource(build("b" + number, "python")).delete());
                expect("python", 0);
                expect("other", 0);
            }
        } finally {
            operator.stop();
        }
    }

    /** By a patch: an update may be outrun by the status that the installed operator writes. */
    private void moveTo(String base, String build) {
        client.resources(BackendBuild.class)
                .inNamespace(namespace)
                .withName(build)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"base\": {\"ref\": {\"name\": \"%s\"}}}}".formatted(base));
    }

    /** For good, which a moment later shows: what is wrong stays so until the next event. */
    private void expect(String base, int consumers) {
        await().atMost(Duration.ofSeconds(5))
                .during(Duration.ofMillis(200))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(consumersOf(base)).isEqualTo(consumers));
    }

    private int consumersOf(String name) {
        var status = client.resources(BaseImage.class)
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getStatus();
        return status == null ? -1 : Objects.requireNonNullElse(status.consumers(), -1);
    }

    private BaseImage base(String name) {
        return client.getKubernetesSerialization().unmarshal("""
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BaseImage", "metadata": {"name": "%1$s", "namespace": "%2$s"},
                 "spec": {"source": {"git": {"url": "https://git.invalid/app.git", "ref": "refs/heads/main"}}, "suspend": true,
                          "platforms": ["linux/amd64"], "image": {"repositories": ["registry.invalid/%1$s"], "tags": ["latest"]}}}
                """.formatted(name, namespace), BaseImage.class);
    }

    private BackendBuild build(String name, String base) {
        return client.getKubernetesSerialization().unmarshal("""
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BackendBuild", "metadata": {"name": "%1$s", "namespace": "%3$s"},
                 "spec": {"source": {"git": {"url": "https://git.invalid/app.git", "ref": "refs/heads/main"}}, "suspend": true,
                          "base": {"ref": {"name": "%2$s"}, "arg": "BASE"}, "legs": [{"platform": "linux/amd64"}],
                          "image": {"repositories": ["registry.invalid/%1$s"], "tags": ["latest"]}}}
                """.formatted(name, base, namespace), BackendBuild.class);
    }
}
