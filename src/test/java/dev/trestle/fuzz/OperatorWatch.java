package dev.trestle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The installed operator from outside: whether it is still the same process, what it logs, and how often it reconciles. */
final class OperatorWatch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STARTED = Pattern.compile("(?m)^trestle_reconciliations_started_total\\S* (\\S+)$");

    private final TestCluster cluster;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String process;

    OperatorWatch(TestCluster cluster) {
        this.cluster = cluster;
        process = process();
    }

    /** The pod, and how often its container has been started. */
    private String process() {
        var pod = cluster.operator().pod();
        return pod.getMetadata().getUid() + ", restarts: " + restarts(pod);
    }

    private static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
    }

    void assertSameProcess() {
        assertThat(process()).isEqualTo(process);
    }

    long reconciliations() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + cluster.operator().metrics() + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return STARTED.matcher(http.send(request, BodyHandlers.ofString()).body())
                .results()
                .mapToLong(count -> (long) Double.parseDouble(count.group(1)))
                .sum();
    }

    /** All that it has logged since it began, a line each. */
    List<String> log() {
        var pod = cluster.operator().pod().getMetadata();
        return cluster.client()
                .pods()
                .inNamespace(pod.getNamespace())
                .withName(pod.getName())
                .getLog()
                .lines()
                .toList();
    }

    /** Level, message and failure, when the line is one of its own. */
    static ObjectNode read(String line) throws IOException {
        return (ObjectNode) JSON.readTree(line);
    }
}
