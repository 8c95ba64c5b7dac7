package dev.trestle.core.render;

import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Trust;
import dev.trestle.core.Labels;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Pool;
import dev.trestle.core.merge.IndexRun;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Job that makes one index and tags it: {@code trestle merge} in the operator's own image, named like its ManifestMerge. */
public final class MergeJob {
    public static final String CONTAINER = "merge";
    /** A merge is a few small requests; one that has not ended by then meets a registry that is down. */
    private static final long DEADLINE_SECONDS = 900;

    private static final int RETRIES = 5;
    /** {@code trestle merge} exits with 1 when trying again cannot help. */
    public static final int HOPELESS = 1;
    /** It exits with 4 when a registry must be left alone for now: then the build merges once more. */
    private static final int LIMITED = 4;

    /** A quota on limits wants one of each. */
    private static final ResourceRequirements RESOURCES = new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("50m"))
            .addToRequests("memory", new Quantity("96Mi"))
            .addToLimits("cpu", new Quantity("1"))
            .addToLimits("memory", new Quantity("256Mi"))
            .build();

    private MergeJob() {}

    public static Job of(ManifestMerge merge, Configuration configuration) {
        var labels = labels(merge, configuration);
        return new JobBuilder()
                .withNewMetadata()
                .withName(merge.getMetadata().getName())
                .withNamespace(merge.getMetadata().getNamespace())
                .withLabels(labels)
                .addToAnnotations(Labels.QUIET_ANNOTATIONS)
                .withOwnerReferences(Owner.of(merge))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(RETRIES)
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withNewPodFailurePolicy()
                .withRules(notByTheJob(merge), disruption())
                .endPodFailurePolicy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .addToAnnotations(configuration.merge().podAnnotations())
                .addToAnnotations(Labels.BUSY_POD_ANNOTATIONS)
                .endMetadata()
                .withSpec(pod(merge, configuration))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Map<String, String> labels(ManifestMerge merge, Configuration configuration) {
        var labels = new TreeMap<>(configuration.merge().podLabels());
        labels.putAll(Map.of(
                Labels.MANAGED_BY,
                Labels.TRESTLE,
                Labels.COMPONENT,
                "merge",
                Labels.MERGE,
                merge.getMetadata().getName()));
        labels.putAll(Labels.ofTrust(isUntrusted(merge) ? Trust.Untrusted : Trust.Trusted));
        return labels;
    }

    /** Whether a build has made the merge, and makes it once more where that helps. */
    public static boolean isOfBuild(ManifestMerge merge) {
        return merge.getMetadata().getLabels().containsKey(Labels.BUILD);
    }

    private static boolean isUntrusted(ManifestMerge merge) {
        return Labels.UNTRUSTED.equals(merge.getMetadata().getLabels().get(Labels.TRUST));
    }

    /** A merge that no build has made is not retried, so its Job does not give up so soon. */
    private static PodFailurePolicyRule notByTheJob(ManifestMerge merge) {
        return new PodFailurePolicyRuleBuilder()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(CONTAINER)
                .withOperator("In")
                .withValues(isOfBuild(merge) ? List.of(HOPELESS, LIMITED) : List.of(HOPELESS))
                .endOnExitCodes()
                .build();
    }

    private static PodFailurePolicyRule disruption() {
        return new PodFailurePolicyRuleBuilder()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .build();
    }

    private static PodSpec pod(ManifestMerge merge, Configuration configuration) {
        var secret = PushSecret.of(merge.getSpec().pushSecret());
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        secret.ifPresent(push -> volumes.add(push.volume()));
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(isUntrusted(merge) ? Labels.UNTRUSTED_ACCOUNT : null)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(nodeSelector(configuration))
                .withTolerations(configuration.merge().tolerations())
                .withPriorityClassName(configuration.merge().priorityClassName().orElse(null))
                .withDnsPolicy(configuration.pools().stream()
                        .findFirst()
                        .flatMap(Pool::dnsPolicy)
                        .orElse(null))
                .withNewSecurityContext()
                .withFsGroup(65532L)
                .endSecurityContext()
                .withContainers(container(merge, configuration, secret))
                .withVolumes(volumes)
                .build();
    }

    private static Map<String, String> nodeSelector(Configuration configuration) {
        var selector = new TreeMap<>(configuration.merge().nodeSelector());
        selector.put("kubernetes.io/os", "linux");
        return selector;
    }

    private static Container container(ManifestMerge merge, Configuration configuration, Optional<PushSecret> secret) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        var env = new ArrayList<EnvVar>();
        secret.ifPresent(push -> {
            mounts.add(push.mount());
            env.add(push.variable());
        });
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(configuration.mergeImage())
                .withArgs(Verbatim.of(arguments(merge, configuration)))
                .withEnv(env)
                .withResources(configuration.merge().resources().orElse(RESOURCES))
                .withSecurityContext(ContainerSecurity.ofMerge())
                .withVolumeMounts(mounts)
                .build();
    }

    private static List<String> arguments(ManifestMerge merge, Configuration configuration) {
        var arguments = new ArrayList<>(List.of("merge"));
        merge.getSpec()
                .sources()
                .forEach(source -> arguments.addAll(List.of("--source", source.platform() + "=" + source.image())));
        merge.getSpec()
                .targets()
                .forEach(target -> arguments.addAll(
                        List.of("--target", target.repository() + "=" + String.join(",", target.tags()))));
        if (merge.getSpec().run() != null) {
            IndexRun.annotations(merge.getSpec().run())
                    .forEach((key, value) -> arguments.addAll(List.of("--annotation", key + "=" + value)));
        }
        configuration.plainHttpHosts().forEach(host -> arguments.addAll(List.of("--plain-http", host)));
        return arguments;
    }
}
