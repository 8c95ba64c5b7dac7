package dev.trestle.core.config;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the pods of merges run, and how they are marked: key {@code merge} of the configuration.
 *
 * @param nodeSelector beside {@code kubernetes.io/os: linux}
 * @param podLabels on the merge's Job too, where a queue such as Kueue reads them
 * @param resources of the container that merges; its own when empty
 */
public record MergePods(
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Map<String, String> podLabels,
        Map<String, String> podAnnotations,
        Optional<String> priorityClassName,
        Optional<ResourceRequirements> resources) {
    public static final MergePods DEFAULT =
            new MergePods(Map.of(), List.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty());

    public MergePods {
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        podLabels = Map.copyOf(podLabels);
        podAnnotations = Map.copyOf(podAnnotations);
    }

    static final List<String> KEYS =
            List.of("nodeSelector", "tolerations", "podLabels", "podAnnotations", "priorityClassName", "resources");

    static MergePods read(Section whole) throws ConfigurationRefused {
        var section = whole.section("merge", KEYS);
        if (section.isEmpty()) {
            return DEFAULT;
        }
        var merge = section.get();
        return new MergePods(
                merge.map("nodeSelector", Form.TEXT),
                PoolReader.tolerations(merge),
                merge.map("podLabels", Form.TEXT),
                merge.map("podAnnotations", Form.TEXT),
                merge.optional("priorityClassName", Form.SUBDOMAIN),
                PoolReader.resources(merge, "resources"));
    }
}
