package dev.trestle.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Write requests that the API server has counted, refused ones too, as {@code VERB resource/subresource}. Its counter
 * {@code apiserver_request_total} names no user, so only those are kept that the operator's rights allow it, and what others do of
 * them is taken off by the caller.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes metrics</a>
 */
record ApiWrites(Map<String, Long> counts) {
    private static final Pattern COUNTER =
            Pattern.compile("^apiserver_request_total\\{(.*)} (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION");
    private static final Set<String> CREATED_AND_DELETED = Set.of("pods", "jobs");
    private static final String REPORTER = "trestle.dev/operator";

    ApiWrites {
        counts = Map.copyOf(counts);
    }

    static ApiWrites now(KubernetesClient client, String namespace) {
        var counts = COUNTER.matcher(client.raw("/metrics"))
                .results()
                .map(line -> Map.entry(labels(line.group(1)), (long) Double.parseDouble(line.group(2))))
                .filter(line -> mayBeTheOperators(line.getKey()))
                .collect(Collectors.groupingBy(
                        line -> name(line.getKey()), TreeMap::new, Collectors.summingLong(Map.Entry::getValue)));
        counts.put("POST events", events(client, namespace));
        return new ApiWrites(counts);
    }

    /** Events say who wrote them. */
    private static long events(KubernetesClient client, String namespace) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> REPORTER.equals(event.getReportingController()))
                .count();
    }

    private static Map<String, String> labels(String text) {
        return LABEL.matcher(text)
                .results()
                .collect(Collectors.toMap(label -> label.group(1), (MatchResult label) -> label.group(2)));
    }

    private static boolean mayBeTheOperators(Map<String, String> labels) {
        if (!WRITES.contains(labels.get("verb"))) {
            return false;
        }
        return "trestle.dev".equals(labels.get("group"))
                || (CREATED_AND_DELETED.contains(labels.get("resource"))
                        && "".equals(labels.get("subresource"))
                        && List.of("POST", "DELETE").contains(labels.get("verb")));
    }

    private static String name(Map<String, String> labels) {
        var subresource = labels.getOrDefault("subresource", "");
        return labels.get("verb") + " " + labels.get("resource") + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    /** What has been written since, without what others did. */
    ApiWrites since(ApiWrites before, Map<String, Integer> byOthers) {
        var difference = new TreeMap<String, Long>();
        counts.forEach((name, count) -> {
            var own = count - before.counts.getOrDefault(name, 0L) - byOthers.getOrDefault(name, 0);
            if (own != 0) {
                difference.put(name, own);
            }
        });
        return new ApiWrites(difference);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(write -> write.getKey() + " " + write.getValue())
                        .collect(Collectors.joining(", "));
    }
}
