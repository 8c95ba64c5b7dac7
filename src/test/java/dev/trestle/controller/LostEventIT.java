package dev.trestle.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A spec that changes between a pass's read and its status write is seen by another pass. With the SDK's own
 * {@code UpdateControl.patchStatus} in {@link StatusWriter}'s place some of these changes stay unseen (java-operator-sdk#3398).
 */
@SharesCluster
class LostEventIT {
    private static final int OBJECTS = 20;

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private String namespace = "";

    @BeforeEach
    void createKindAndNamespace() {
        var definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(LostEventIT.class.getResourceAsStream("/controller/watched-crd.yaml"))
                .item();
        CustomResourceDefinition served =
                client.resource(definition).forceConflicts().serverSideApply();
        client.resource(served).waitUntilCondition(LostEventIT::isEstablished, 30, TimeUnit.SECONDS);
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("lost-event-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    /** Right after its creation a definition's status has no list of conditions yet. */
    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void aSpecChangedDuringAPassIsSeen() {
        var operator = new Operator(overrider -> overrider.withCloseClientOnStop(false));
        operator.register(new Interrupted(), overrider -> overrider.settingNamespaces(namespace));
        operator.start();
        try {
            IntStream.range(0, OBJECTS).forEach(this::create);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(client.resources(Watched.class)
                                    .inNamespace(namespace)
                                    .list()
                                    .getItems())
                            .hasSize(OBJECTS)
                            .allMatch(watched -> watched.getMetadata().getGeneration() == 2L, "was changed once")
                            .allMatch(watched -> Objects.equals(observed(watched), 2L), "was seen after the change"));
        } finally {
            operator.stop();
        }
    }

    private void create(int number) {
        var watched = new Watched();
        watched.setMetadata(new ObjectMetaBuilder()
                .withName("w" + number)
                .withNamespace(namespace)
                .build());
        watched.setSpec(new Watched.Spec(1));
        client.resource(watched).create();
    }

    private static Long observed(Watched watched) {
        return watched.getStatus() == null ? -1L : watched.getStatus().observedGeneration();
    }

    /** Its first pass over each object is outrun by a foreign change of the spec. */
    @ControllerConfiguration(name = "interrupted")
    private final class Interrupted implements Reconciler<Watched> {
        private final Set<String> changed = ConcurrentHashMap.newKeySet();

        @Override
        public UpdateControl<Watched> reconcile(Watched watched, Context<Watched> context) {
            if (changed.add(watched.getMetadata().getName())) {
                client.resource(watched).edit(now -> {
                    now.setSpec(new Watched.Spec(2));
                    return now;
                });
            }
            return StatusWriter.write(
                    watched,
                    new Watched.Status(watched.getMetadata().getGeneration()),
                    context,
                    Optional.empty(),
                    Clock.systemUTC().instant());
        }
    }
}
