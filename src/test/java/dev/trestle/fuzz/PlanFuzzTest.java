package dev.trestle.fuzz;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trestle.core.golden.GoldenCase;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the API server lets a status be, and a node say of a pod, there is a decision, and a status that the API server takes: {@code -Dfuzz.situations}
 * of them from {@code -Dfuzz.seed}, each a golden case of which something is other than it was.
 */
class PlanFuzzTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int situations = Integer.getInteger("fuzz.situations", 500);
    private final long seed = Long.getLong("fuzz.seed", 1);
    private final Chance chance = new Chance(seed);
    private final NodeReport node = new NodeReport(chance);
    private final List<GoldenCase> cases = GoldenCase.all();
    private final Map<String, StatusSchema> schemas = StatusSchema.ofAllKinds();
    private final Map<String, ValidStatus> statuses = ValidStatus.ofAllKinds(chance);

    PlanFuzzTest() throws IOException {
        learn();
    }

    @Test
    void everySituationIsDecided() throws Exception {
        var undecided = new TreeMap<String, String>();
        for (var at = 0; at < situations; at++) {
            var situation = changed(chance.pick(cases));
            var told = "situation %d: %s".formatted(at, situation.files());
            try {
                faults(situation).forEach(fault -> undecided.putIfAbsent(fault.path(), fault + " in " + told));
            } catch (RuntimeException e) {
                undecided.putIfAbsent(whereFrom(e), told);
            }
        }
        assertThat(undecided).as("seed %d", seed).isEmpty();
    }

    private List<SchemaFault> faults(GoldenCase situation) throws Exception {
        var status = JSON.readTree(Serialization.asJson(situation.outcome().status()));
        for (var schema : schemas.entrySet()) {
            if (situation.files().containsKey("in-%s.yaml".formatted(schema.getKey()))) {
                return schema.getValue().faults(status);
            }
        }
        throw new IllegalStateException(
                "a situation of no kind: " + situation.inputs().toList());
    }

    /** The failure and its first places, so that one fault is told once. */
    private static String whereFrom(RuntimeException failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.trestle"))
                .limit(3)
                .map(StackTraceElement::toString)
                .collect(joining(" < ", failure + " at ", ""));
    }

    private GoldenCase changed(GoldenCase golden) throws IOException {
        var changed = golden;
        for (var name : golden.inputs().filter(_ -> chance.oneIn(2)).toList()) {
            var object = YAML.readTree(golden.files().get(name));
            if (object instanceof ObjectNode fields) {
                change(fields);
                changed = changed.with(name, fields.toString());
            }
        }
        return changed;
    }

    private void change(ObjectNode object) {
        var kind = Corpus.kind(object);
        var statuses = this.statuses.get(kind);
        if (kind.equals("Pod")) {
            object.withObject("/spec");
            object.set("status", node.status());
        } else if (statuses != null && object.path("status") instanceof ObjectNode status) {
            object.set("status", statuses.changed(status));
            if (chance.oneIn(5)) {
                object.withObject("/metadata/annotations").put(RandomObjects.request(chance), chance.text());
            }
        }
    }

    private void learn() throws IOException {
        for (var golden : cases) {
            for (var name : golden.inputs().toList()) {
                var object = YAML.readTree(golden.files().get(name));
                var status = statuses.get(Corpus.kind(object));
                if (status != null && object.path("status") instanceof ObjectNode values) {
                    status.learn(values);
                }
            }
        }
    }
}
