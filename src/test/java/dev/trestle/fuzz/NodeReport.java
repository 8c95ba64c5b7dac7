package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a node may say of a leg's or a merge's pod, sense or not: the status of the pod. */
final class NodeReport {
    private static final int LONGEST_MESSAGE = 4096; // the kubelet's limit
    private static final List<String> RESULT =
            List.of("digest", "seconds", "steps", "cachedSteps", "cacheImport", "cacheExport", "failure", "index");
    private static final List<String> FAILURE = List.of(
            "class",
            "reason",
            "step",
            "location",
            "exitCode",
            "message",
            "lastLines",
            "registry",
            "gone",
            "supersededBy",
            "limitedBy",
            "retryAfter");

    private final Chance chance;

    NodeReport(Chance chance) {
        this.chance = chance;
    }

    ObjectNode status() {
        var status = JsonNodeFactory.instance.objectNode();
        status.put("phase", chance.pick(List.of("Pending", "Running", "Succeeded", "Succeeded", "Failed", "Failed")));
        if (chance.oneIn(3)) {
            status.put("reason", chance.pick(List.of("Evicted", "NodeLost", "Preempting", "DeadlineExceeded", "")));
            status.put("message", chance.text());
        }
        if (chance.oneIn(3)) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", chance.pick(List.of("DisruptionTarget", "PodScheduled", "Ready")))
                    .put("status", chance.pick(List.of("True", "False", "Unknown")))
                    .put(
                            "reason",
                            chance.pick(List.of("PreemptionByScheduler", "TerminationByKubelet", "Unschedulable")))
                    .put("message", chance.text())
                    .put("lastTransitionTime", chance.time());
        }
        if (!chance.oneIn(10)) {
            status.putArray("containerStatuses").add(container("build")).add(container("merge"));
        }
        if (!chance.oneIn(10)) {
            status.putArray("initContainerStatuses").add(container("buildkitd"));
        }
        return status;
    }

    private ObjectNode container(String name) {
        var container = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("image", "")
                .put("imageID", "")
                .put("ready", false)
                .put("restartCount", chance.below(3));
        var state = container.putObject("state");
        switch (chance.below(4)) {
            case 0 -> state.putObject("waiting").put("reason", waiting()).put("message", chance.text());
            case 1 -> time(state.putObject("running"), "startedAt");
            default -> terminated(state.putObject("terminated"));
        }
        return container;
    }

    private void terminated(ObjectNode end) {
        end.put("exitCode", chance.pick(List.of(0, 0, 1, 137, 143, 255, -1)))
                .put("reason", chance.pick(List.of("Completed", "Error", "OOMKilled", "ContainerStatusUnknown")))
                .put("message", cut(terminationMessage()));
        time(end, "startedAt");
        time(end, "finishedAt");
    }

    /** A node that has lost the container knows no times. */
    private void time(ObjectNode state, String name) {
        if (!chance.oneIn(6)) {
            state.put(name, chance.time());
        }
    }

    private String waiting() {
        return chance.pick(List.of(
                "ImagePullBackOff",
                "ErrImagePull",
                "InvalidImageName",
                "CreateContainerConfigError",
                "PodInitializing"));
    }

    /** Most have the shape of a result: of a digest alone, or of anything in each field. */
    private String terminationMessage() {
        if (chance.oneIn(5)) {
            return chance.text();
        }
        var result = JsonNodeFactory.instance.objectNode().put("digest", chance.digest());
        if (chance.oneIn(2)) {
            result.set(chance.pick(RESULT), chance.oneIn(2) ? chance.number() : chance.value());
            var failure =
                    result.putObject("failure").put("class", chance.pick(List.of("User", "Infrastructure", "Other")));
            failure.set(chance.pick(FAILURE), chance.oneIn(2) ? chance.texts() : chance.value());
            failure.put(chance.pick(FAILURE), chance.text());
        }
        if (chance.oneIn(4)) {
            var platform = result.putArray("platforms").addObject();
            platform.put("platform", chance.oneIn(3) ? chance.text() : "linux/amd64");
            platform.put("digest", chance.oneIn(3) ? chance.text() : chance.digest())
                    .set("size", chance.number());
        }
        return result.toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }
}
