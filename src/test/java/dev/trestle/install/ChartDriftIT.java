package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What the chart renders is what the API server keeps of it: a tool that compares the two, such as Argo CD, finds no difference. Nothing
 * that is given is dropped or changed, of any kind; and nothing is added to the kinds whose defaults such tools do not know.
 */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class ChartDriftIT {
    /** The API server gives them numbers, addresses and a page of defaults, which tools have long known. */
    private static final Set<String> DEFAULTED = Set.of("Deployment", "Service", "Namespace");

    private static final List<List<String>> INSTALLATIONS = List.of(
            List.of("--set", "fullnameOverride=drift"),
            List.of(
                    "--set",
                    "fullnameOverride=drift,watchNamespaces={default},untrusted.namespaces={drift},untrusted.createNamespaces=false"),
            List.of(
                    "--set",
                    "fullnameOverride=drift",
                    "--values",
                    "src/test/resources/install/values/everything.yaml"));

    /** Kinds of the Prometheus operator, whose CRDs are not there. */
    private static final Set<String> UNKNOWN = Set.of("ServiceMonitor", "PrometheusRule");

    private static final String ADDED = " is added";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client = new KubernetesClientBuilder().build();

    @Test
    void theApiServerKeepsWhatIsRendered() throws Exception {
        var differences = new ArrayList<String>();
        for (var options : INSTALLATIONS) {
            for (var object : Rendered.byHelm(options).objects().entrySet()) {
                if (!UNKNOWN.contains(object.getValue().path("kind").asText())) {
                    differences.addAll(differences(object.getKey(), inExistingNamespace(object.getValue())));
                }
            }
        }
        assertThat(differences)
                .as("what the API server keeps otherwise than it was rendered")
                .isEmpty();
    }

    /** A dry run needs a namespace that is there. */
    private static ObjectNode inExistingNamespace(ObjectNode object) {
        if (object.at("/metadata/namespace").isTextual()) {
            object.withObject("/metadata").put("namespace", "default");
        }
        return object;
    }

    private List<String> differences(String name, ObjectNode given) throws Exception {
        var object = Serialization.unmarshal(given.toString(), GenericKubernetesResource.class);
        var kept = client.resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("drift-test")
                                .withForce(true)
                                .withDryRun(List.of("All"))
                                .build(),
                        object);
        ObjectNode live = JSON.valueToTree(kept);
        live.remove("status");
        var found = new ArrayList<String>();
        compare(name, given.get("spec"), live.get("spec"), found);
        given.properties().stream()
                .filter(part -> !Set.of("metadata", "spec", "status").contains(part.getKey()))
                .forEach(part -> compare(name + " " + part.getKey(), part.getValue(), live.get(part.getKey()), found));
        return DEFAULTED.stream().anyMatch(kind -> name.startsWith(kind + " "))
                ? found.stream().filter(text -> !text.endsWith(ADDED)).toList()
                : found;
    }

    private static void compare(String place, @Nullable JsonNode given, @Nullable JsonNode live, List<String> found) {
        if (given == null) {
            if (live != null) {
                found.add(place + ADDED);
            }
        } else if (live == null) {
            found.add(place + " is dropped");
        } else if (given.isObject() && live.isObject()) {
            given.properties()
                    .forEach(field ->
                            compare(place + "." + field.getKey(), field.getValue(), live.get(field.getKey()), found));
            live.properties().stream()
                    .filter(field -> !given.has(field.getKey()))
                    .forEach(field -> found.add(place + "." + field.getKey() + ADDED));
        } else if (given.isArray() && live.isArray() && given.size() == live.size()) {
            for (var i = 0; i < given.size(); i++) {
                compare("%s[%d]".formatted(place, i), given.get(i), live.get(i), found);
            }
        } else if (!given.equals(live)) {
            found.add("%s is '%s' instead of '%s'".formatted(place, live, given));
        }
    }
}
