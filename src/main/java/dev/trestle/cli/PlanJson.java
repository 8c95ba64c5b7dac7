package dev.trestle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.core.offline.Plan;
import dev.trestle.core.offline.PlannedLeg;
import dev.trestle.source.LocalRepository.Commit;
import java.util.List;

/** A plan for programs. */
final class PlanJson {
    private PlanJson() {}

    static String of(Plan plan) {
        return fill(JsonNodeFactory.instance.objectNode(), plan).toPrettyString();
    }

    /** @return one line */
    static String ofStep(Commit old, Commit now, Plan plan) {
        var step = JsonNodeFactory.instance
                .objectNode()
                .put("from", old.id())
                .put("to", now.id())
                .put("subject", now.subject());
        return fill(step, plan).toString();
    }

    private static ObjectNode fill(ObjectNode node, Plan plan) {
        legs(node.putArray("selected"), "build", plan.selected());
        var unclaimed = node.putArray("unclaimed");
        plan.unclaimed().forEach(unclaimed::add);
        legs(node.putArray("bases"), "base", plan.bases());
        var warnings = node.putArray("warnings");
        plan.warnings()
                .forEach(warning ->
                        warnings.addObject().put("build", warning.build()).put("message", warning.message()));
        return node;
    }

    private static void legs(ArrayNode array, String kind, List<PlannedLeg> legs) {
        for (var leg : legs) {
            var node = array.addObject().put(kind, leg.build()).put("platform", leg.platform());
            var reasons = node.putArray("reasons");
            leg.reasons()
                    .forEach(why -> reasons.addObject()
                            .put("input", why.input())
                            .put("old", why.old())
                            .put("new", why.now()));
        }
    }
}
