package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariant 9: the operator reads no Secret; nor does it get any other right that it could be made to misuse. */
class OperatorRightsIT {
    private static final List<String> NEVER =
            List.of("*", "secrets", "pods/log", "pods/exec", "nodes", "serviceaccounts/token");

    static Stream<List<String>> installations() {
        return Stream.of(List.of(), List.of("--set", "watchNamespaces={a,b}"));
    }

    @ParameterizedTest(name = "helm template {0}")
    @MethodSource("installations")
    void noRoleReachesSecretsLogsOrNodes(List<String> options) throws Exception {
        var rules = Rendered.byHelm(options)
                .ofKinds("Role", "ClusterRole")
                .flatMap(role -> elements(role.get("rules")))
                .toList();

        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(texts(rule, "resources")).isNotEmpty().doesNotContainAnyElementsOf(NEVER);
            assertThat(texts(rule, "verbs")).isNotEmpty().doesNotContain("*", "escalate", "bind", "impersonate");
            assertThat(texts(rule, "apiGroups")).isSubsetOf("", "batch", "events.k8s.io", "trestle.dev");
        });
    }

    private static List<String> texts(JsonNode rule, String field) {
        return elements(rule.path(field)).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
