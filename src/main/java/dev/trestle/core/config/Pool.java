package dev.trestle.core.config;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named set of nodes that build.
 *
 * @param platforms platforms of its nodes
 * @param resources of the builder, in which all steps run
 * @param largerResources of the builder when a leg is tried once more that ran out of memory
 * @param scratch size limit of the builder's disk, as a Kubernetes quantity
 * @param deadlines of a leg's phases
 * @param drain how long a leg that is given up may take to end in order, before it is cut
 * @param limits how many legs it builds at once
 */
public record Pool(
        String name,
        List<String> platforms,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        ResourceRequirements resources,
        Optional<ResourceRequirements> largerResources,
        Optional<String> scratch,
        Security security,
        Optional<String> runtimeClassName,
        Optional<String> dnsPolicy,
        Optional<String> priorityClassName,
        Map<String, String> podLabels,
        Map<String, String> podAnnotations,
        Deadlines deadlines,
        Duration drain,
        Limits limits) {

    public Pool {
        platforms = List.copyOf(platforms);
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        podLabels = Map.copyOf(podLabels);
        podAnnotations = Map.copyOf(podAnnotations);
    }

    /** How BuildKit gets the rights that it needs. */
    public enum Security {
        /** Root in a user namespace of the pod's own; nothing on the node. Kubernetes 1.33 or newer. */
        UserNamespace,
        /** A privileged container, for nodes without user namespaces. */
        Privileged
    }
}
