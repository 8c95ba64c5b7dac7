package dev.trestle.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.e2e.LocalCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the local cluster's node has on its disk. */
final class Node {
    private static final Path TASKS =
            LocalCluster.HOME.resolve("containerd/state/io.containerd.runtime.v2.task/k8s.io");
    private static final String NAMESPACE = "io.kubernetes.cri.sandbox-namespace";

    private Node() {}

    /** The file that the build container has as /dev/termination-log. */
    static Path terminationLog(Pod pod) throws IOException {
        var folder = LocalCluster.HOME.resolve(
                "kubelet/pods/%s/containers/build".formatted(pod.getMetadata().getUid()));
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** IDs of the containers that run for pods of a namespace, whether the API knows them or not. */
    static List<String> containersOf(String namespace) throws IOException {
        try (var tasks = Files.list(TASKS)) {
            return tasks.filter(task -> belongsTo(task, namespace))
                    .map(task -> String.valueOf(task.getFileName()))
                    .toList();
        }
    }

    private static boolean belongsTo(Path task, String namespace) {
        try {
            var config = new ObjectMapper().readTree(task.resolve("config.json").toFile());
            return config.path("annotations").path(NAMESPACE).asText().equals(namespace);
        } catch (IOException _) {
            return false; // gone while it was read
        }
    }
}
