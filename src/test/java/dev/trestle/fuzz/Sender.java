package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends objects as they are: the client reads nothing into them. */
record Sender(KubernetesClient client, String namespace) {
    private static final String API_VERSION = "trestle.dev/v1alpha1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext WHOLE = PatchContext.of(PatchType.JSON);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    static Sender to(TestCluster cluster) {
        return new Sender(cluster.client(), cluster.namespace());
    }

    Answer create(ObjectNode object) {
        var path = "/apis/%s/namespaces/%s/%ss"
                .formatted(API_VERSION, namespace, Corpus.kind(object).toLowerCase(Locale.ROOT));
        return Answer.to(() -> client.raw(path, "POST", object.toString()));
    }

    Answer change(ObjectNode object) {
        var spec = JSON.createObjectNode().set("spec", object.path("spec"));
        return Answer.to(() -> resource(object).patch(MERGE, spec.toString()));
    }

    Answer annotate(ObjectNode object, String annotation, String value) {
        var metadata = Map.of("metadata", Map.of("annotations", Map.of(annotation, value)));
        return Answer.to(
                () -> resource(object).patch(MERGE, JSON.valueToTree(metadata).toString()));
    }

    Answer changeStatus(ObjectNode object, ObjectNode status) {
        var patch = JSON.createArrayNode();
        patch.addObject().put("op", "replace").put("path", "/status").set("value", status);
        return Answer.to(() -> resource(object).subresource("status").patch(WHOLE, patch.toString()));
    }

    Answer report(String pod, ObjectNode status) {
        var patch = JSON.createObjectNode().set("status", status);
        return Answer.to(() -> client.genericKubernetesResources("v1", "Pod")
                .inNamespace(namespace)
                .withName(pod)
                .subresource("status")
                .patch(MERGE, patch.toString()));
    }

    Answer delete(ObjectNode object) {
        return Answer.to(() -> resource(object).delete());
    }

    List<ObjectNode> all(String kind) {
        return client.genericKubernetesResources(API_VERSION, kind).inNamespace(namespace).list().getItems().stream()
                .<ObjectNode>map(JSON::valueToTree)
                .toList();
    }

    private Resource<GenericKubernetesResource> resource(ObjectNode object) {
        return client.genericKubernetesResources(API_VERSION, Corpus.kind(object))
                .inNamespace(namespace)
                .withName(object.at("/metadata/name").asText());
    }
}
