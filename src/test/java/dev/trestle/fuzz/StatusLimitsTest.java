package dev.trestle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trestle.core.golden.GoldenCase;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every text that comes from outside at once, and far too long: what pods, nodes, git servers and people say. The status that comes of it
 * is one that the API server takes by the CRD's own limits, and that is read back as it was written.
 */
class StatusLimitsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONG = 5000;

    /** A letter, one of two units of UTF-16, half of such, what moves a cursor, and what ends a text in C. */
    private static final List<String> LETTERS =
            List.of("x", "\uD83D\uDC1F", "\uD83D", "\u001b[2J", "\u0000", "y\u202E\n");

    private static final List<String> REQUESTS = List.of("rebuild", "rebuild-without-cache", "retry", "cancel");

    /** What a node may say of a pod. */
    private static final Map<String, BiConsumer<ObjectNode, String>> REPORTS = Map.of(
            "failed", (status, text) -> ended(status, 1, text),
            "succeeded", (status, text) -> ended(status, 0, text),
            "evicted",
                    (status, text) ->
                            status.put("phase", "Failed").put("reason", text).put("message", text),
            "crashed",
                    (status, text) -> terminated(status.putArray("initContainerStatuses"), "buildkitd", 2, text, text),
            "waiting", StatusLimitsTest::waiting,
            "unschedulable", StatusLimitsTest::unschedulable);

    private final Map<String, StatusSchema> schemas = StatusSchema.ofAllKinds();

    StatusLimitsTest() throws Exception {}

    @Test
    void whateverIsSaidTheStatusIsWithinItsSchemasLimits() throws Exception {
        var faults = new TreeMap<String, String>();
        var turn = 0;
        for (var golden : GoldenCase.all()) {
            for (var report : REPORTS.entrySet()) {
                var letter = LETTERS.get(turn++ % LETTERS.size());
                check(said(golden, letter.repeat(LONG / letter.length()), report.getValue()), faults);
            }
            turn++; // so that each report has each letter
        }
        assertThat(faults).isEmpty();
    }

    private void check(GoldenCase situation, Map<String, String> faults) throws Exception {
        var status = situation.outcome().status();
        var written = Serialization.asJson(status).getBytes(StandardCharsets.UTF_8);
        var schema = schemas.entrySet().stream()
                .filter(kind -> situation.files().containsKey("in-%s.yaml".formatted(kind.getKey())))
                .findFirst()
                .orElseThrow()
                .getValue();
        schema.faults(JSON.readTree(written)).forEach(fault -> faults.putIfAbsent(fault.path(), fault.what()));
        assertThat(Serialization.unmarshal(new String(written, StandardCharsets.UTF_8), status.getClass()))
                .as("what is read back, else each pass writes it again")
                .isEqualTo(status);
    }

    private static GoldenCase said(GoldenCase golden, String text, BiConsumer<ObjectNode, String> report)
            throws Exception {
        var situation = golden;
        for (var name : golden.inputs().toList()) {
            if (YAML.readTree(golden.files().get(name)) instanceof ObjectNode object) {
                say(name, object, text, report);
                situation = situation.with(name, object.toString());
            }
        }
        return situation;
    }

    private static void say(String name, ObjectNode object, String text, BiConsumer<ObjectNode, String> report) {
        switch (Corpus.kind(object)) {
            case "Pod" -> {
                object.withObject("/spec");
                report.accept(object.putObject("status"), text);
            }
            case "BackendBuild", "BaseImage" -> {
                var annotations = object.withObject("/metadata/annotations");
                Stream.concat(REQUESTS.stream(), Stream.of("wave"))
                        .forEach(request -> annotations.put("trestle.dev/" + request, text));
            }
            default -> {
                if (name.equals("in-facts.yaml") && object.has("unreadable")) {
                    object.put("unreadable", text);
                } else if (name.equals("in-facts.yaml") && object.has("head")) {
                    object.put("head", "a1".repeat(32)); // a repository of SHA-256
                }
            }
        }
    }

    private static void ended(ObjectNode status, int exitCode, String text) {
        var result = JsonNodeFactory.instance.objectNode();
        if (exitCode == 0) {
            result.put("digest", "sha256:" + "3".repeat(64));
        }
        for (var field : List.of("cacheImport", "cacheExport")) {
            result.put(field, text);
        }
        result.putArray("platforms").addObject().put("platform", text).put("digest", text);
        var failure = result.putObject("failure").put("class", "User").put("reason", "StepFailed");
        for (var field : List.of("step", "location", "message", "registry", "limitedBy")) {
            failure.put(field, text);
        }
        failure.putArray("gone").add(text);
        var lines = failure.putArray("lastLines");
        for (var line = 0; line < 40; line++) {
            lines.add(text);
        }
        status.put("phase", exitCode == 0 ? "Succeeded" : "Failed");
        var containers = status.putArray("containerStatuses");
        terminated(containers, "build", exitCode, text, result.toString());
        terminated(containers, "merge", exitCode, text, result.toString());
    }

    private static void terminated(ArrayNode containers, String name, int exitCode, String reason, String message) {
        containers
                .addObject()
                .put("name", name)
                .putObject("state")
                .putObject("terminated")
                .put("exitCode", exitCode)
                .put("reason", reason)
                .put("message", message)
                .put("startedAt", "2026-11-21T11:50:05Z")
                .put("finishedAt", "2026-11-21T11:55:00Z");
    }

    private static void waiting(ObjectNode status, String text) {
        status.put("phase", "Pending");
        status.putArray("containerStatuses")
                .addObject()
                .put("name", "build")
                .putObject("state")
                .putObject("waiting")
                .put("reason", "ImagePullBackOff")
                .put("message", text);
    }

    private static void unschedulable(ObjectNode status, String text) {
        status.put("phase", "Pending");
        status.putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "False")
                .put("reason", "Unschedulable")
                .put("message", text)
                .put("lastTransitionTime", "2026-11-21T11:50:00Z");
    }
}
