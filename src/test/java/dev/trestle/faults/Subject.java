package dev.trestle.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.Condition;
import dev.trestle.api.FailureReason;
import dev.trestle.api.Leg;
import dev.trestle.api.Reason;
import dev.trestle.api.RunStatus;
import dev.trestle.core.Labels;
import dev.trestle.e2e.Conditions;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The build that a fault strikes, and its pods.
 *
 * @param images of the build, each in a repository of its own
 */
record Subject(TestCluster cluster, CrossedBuilds builds, List<Leg> legs, List<String> images) {
    static final String NAME = "app";
    static final String MIRROR = "mirror";
    static final String PUSH_SECRET = "login";
    private static final String OTHER = "other";

    /** Applies the build; {@code value} is what tells its image from others. */
    void apply(String value) {
        apply(value, "true");
    }

    /** @param command run by the leg once the gate is open */
    void apply(String value, String command) {
        cluster.apply(builds.named(NAME, images, value, command, legs, false));
    }

    /** As {@link #apply}, with {@link #PUSH_SECRET}. */
    void applyWithPushSecret(String value) {
        cluster.apply(builds.withPushSecret(PUSH_SECRET).named(NAME, images, value, "true", legs, false));
    }

    /** Without a password: the registry asks for none. */
    Secret createPushSecret() {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName(PUSH_SECRET)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .addToStringData(".dockerconfigjson", "{\"auths\":{}}")
                .build();
        return cluster.client().resource(secret).create();
    }

    /** Returns when the message of {@code Ready} has these words. */
    void awaitReadyMessage(String words) {
        await().atMost(Scene.LIMIT)
                .untilAsserted(() -> assertThat(Conditions.find(get(), "Ready").map(Condition::message))
                        .hasValueSatisfying(message -> assertThat(message).contains(words)));
    }

    void suspend(boolean suspend) {
        cluster.apply(builds.named(NAME, images, "a", "true", legs, suspend));
    }

    /** Another build of the same pool, which waits at the gate. */
    void applyOther() {
        cluster.apply(builds.named(OTHER, List.of(OTHER), "other", "true", legs, false));
    }

    /** Returns when the other build waits for this reason. */
    void awaitOther(Reason reason) {
        await().atMost(Scene.LIMIT)
                .until(() -> Conditions.find(resource(OTHER).require(), "Ready")
                        .filter(ready -> ready.reason() == reason)
                        .isPresent());
    }

    BackendBuild get() {
        return resource().require();
    }

    /** The commit that its run builds. */
    Optional<String> revision() {
        return Optional.ofNullable(get().getStatus().run()).map(RunStatus::revision);
    }

    void delete() {
        resource().delete();
    }

    /** As a person, or a backup, would write over what the operator has written. */
    void editStatus(UnaryOperator<BackendBuild> change) {
        resource().editStatus(change);
    }

    /** As {@link #editStatus}, with a value that our own types would not take. */
    void replaceInStatus(String pointer, Object value) {
        var patch = List.of(Map.of("op", "replace", "path", pointer, "value", value));
        untyped().subresource("status").patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch));
    }

    /** Returns when the value there is such again. */
    void awaitInStatus(String pointer, Predicate<JsonNode> isSuch) {
        await().atMost(Scene.LIMIT)
                .until(() -> isSuch.test(new ObjectMapper()
                        .<JsonNode>valueToTree(untyped().require())
                        .at(pointer)));
    }

    void annotate(String annotation) {
        resource().edit(build -> {
            build.getMetadata().getAnnotations().put(annotation, "now");
            return build;
        });
    }

    private Resource<GenericKubernetesResource> untyped() {
        return cluster.client()
                .genericKubernetesResources("trestle.dev/v1alpha1", "BackendBuild")
                .inNamespace(cluster.namespace())
                .withName(NAME);
    }

    private Resource<BackendBuild> resource() {
        return resource(NAME);
    }

    private Resource<BackendBuild> resource(String name) {
        return cluster.client()
                .resources(BackendBuild.class)
                .inNamespace(cluster.namespace())
                .withName(name);
    }

    /** Where its images are, past the proxy and its faults. */
    List<String> repositories() {
        return images.stream().map(cluster::repository).toList();
    }

    /** The leg's pod, once it is there. */
    Pod legPod() {
        return cluster.legPod(NAME);
    }

    /** The legs' pods that are there now. */
    List<Pod> legPods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.BUILD, NAME)
                .list()
                .getItems();
    }

    /** The merges' pods that are there now. */
    List<Pod> mergePods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.MERGE)
                .list()
                .getItems();
    }

    /** Returns when a leg has failed. */
    void awaitFailedLeg() {
        await().atMost(Scene.LIMIT)
                .until(() ->
                        cluster.pods().labelled(Labels.BUILD, NAME).stream().anyMatch(pod -> ended(pod, false)));
    }

    /** Returns when the status tells of an attempt that was lost for this reason. */
    void awaitLost(FailureReason reason) {
        await().atMost(Scene.LIMIT)
                .until(() -> Conditions.firstLeg(get()).stream()
                        .flatMap(leg -> leg.lost().stream())
                        .anyMatch(lost -> lost.reason() == reason));
    }

    /** Whether a container of the pod has ended, well or not. */
    static boolean ended(Pod pod, boolean well) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state != null
                        && state.getTerminated() != null
                        && (state.getTerminated().getExitCode() == 0) == well);
    }
}
