package dev.trestle.core.render;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Trust;
import dev.trestle.core.Labels;
import dev.trestle.core.Platform;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.config.Pool;
import dev.trestle.core.config.Pool.Security;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pod that builds one leg: BuildKit as a native sidecar, and beside it the container that asks it to build. */
public final class LegPod {
    public static final String BUILD_CONTAINER = "build";
    public static final String DAEMON_CONTAINER = "buildkitd";
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private static final String LARGER = "larger";
    private static final String HOST_NAME = "kubernetes.io/hostname";
    private static final int HIGHEST_WEIGHT = 100;
    /** The time in which a leg's script ends its build; after that the kubelet ends it. */
    private static final Duration MARGIN = Duration.ofMinutes(3);

    private static final String SOCKET_FOLDER = "/run/buildkit";
    private static final String STATE_FOLDER = "/var/lib/buildkit";

    /** Of the container that asks for the build: quotas and limit ranges want each container to declare its resources. */
    private static final ResourceRequirements CLIENT = new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("10m"))
            .addToRequests("memory", new Quantity("32Mi"))
            .addToLimits("cpu", new Quantity("1"))
            .addToLimits("memory", new Quantity("512Mi"))
            .build();

    private LegPod() {}

    public static Pod of(BackendBuild build, LegPlan plan, Configuration configuration) {
        return new PodBuilder()
                .withMetadata(metadata(build, plan))
                .withSpec(spec(build, plan, configuration))
                .build();
    }

    private static ObjectMeta metadata(BackendBuild build, LegPlan plan) {
        var labels = new TreeMap<>(plan.pool().podLabels());
        if (plan.isLarger()) {
            labels.put(Labels.SIZE, LARGER);
        }
        labels.putAll(Map.of(
                Labels.MANAGED_BY, Labels.TRESTLE,
                Labels.COMPONENT, "leg",
                Labels.BUILD, build.getMetadata().getName(),
                Labels.LEG, plan.platform().dashed(),
                Labels.FINGERPRINT, plan.inputs().fingerprint().substring(0, 63),
                Labels.ATTEMPT, String.valueOf(plan.attempt()),
                Labels.POOL, plan.pool().name(),
                Labels.CAUSE, plan.cause().label()));
        labels.putAll(Labels.ofTrust(build.getSpec().effectiveTrust()));
        var annotations = new TreeMap<>(plan.pool().podAnnotations());
        annotations.putAll(Labels.BUSY_POD_ANNOTATIONS);
        annotations.put(Labels.REGISTRIES, String.join(",", Registries.of(build.getSpec(), plan)));
        annotations.put(Labels.REVISION, plan.revision());
        annotations.put(Labels.REASONS, String.join("; ", plan.reasons()));
        return new ObjectMetaBuilder()
                .withName(plan.podName(build.getMetadata().getName()))
                .withNamespace(build.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(Owner.of(build))
                .build();
    }

    /** How long the pod has, or had, to end once it is deleted; the delete request may say so. */
    public static Duration grace(Pod pod) {
        return Duration.ofSeconds(Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
                .or(() -> Optional.ofNullable(pod.getSpec()).map(PodSpec::getTerminationGracePeriodSeconds))
                .orElse(DEFAULT_GRACE_SECONDS));
    }

    private static PodSpec spec(BackendBuild build, LegPlan plan, Configuration configuration) {
        var pool = plan.pool();
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withHostUsers(pool.security() == Security.UserNamespace ? Boolean.FALSE : null)
                .withServiceAccountName(build.getSpec().trusted() ? null : Labels.UNTRUSTED_ACCOUNT)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withActiveDeadlineSeconds(lifetime(pool.deadlines()).toSeconds())
                .withTerminationGracePeriodSeconds(pool.drain().toSeconds())
                .withNodeSelector(nodeSelector(plan))
                .withAffinity(affinity(plan))
                .withTolerations(pool.tolerations())
                .withRuntimeClassName(pool.runtimeClassName().orElse(null))
                .withPriorityClassName(pool.priorityClassName().orElse(null))
                .withDnsPolicy(pool.dnsPolicy().orElse(null))
                .withInitContainers(buildkitd(build.getSpec().effectiveTrust(), plan, configuration))
                .withContainers(build(build, plan, configuration))
                .withVolumes(volumes(build, pool))
                .build();
    }

    /** The node's architecture follows the build platform: nothing is emulated. */
    private static Map<String, String> nodeSelector(LegPlan plan) {
        var platform = Platform.parse(plan.leg().effectiveBuildPlatform());
        var selector = new TreeMap<>(plan.pool().nodeSelector());
        selector.put("kubernetes.io/os", platform.os());
        selector.put("kubernetes.io/arch", platform.nodeArchitecture());
        return selector;
    }

    /** The kubelet counts from when it first saw the pod, so from before its images came. */
    private static Duration lifetime(Deadlines deadlines) {
        return deadlines.start().plus(deadlines.build()).plus(MARGIN);
    }

    /** Another node than those to blame, if there is one: in a pool of one node the leg must still start. */
    private static @Nullable Affinity affinity(LegPlan plan) {
        var blamed = plan.nodesToBlame();
        return blamed.isEmpty()
                ? null
                : new AffinityBuilder()
                        .withNewNodeAffinity()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(HIGHEST_WEIGHT)
                        .withNewPreference()
                        .addNewMatchExpression()
                        .withKey(HOST_NAME)
                        .withOperator("NotIn")
                        .withValues(blamed)
                        .endMatchExpression()
                        .endPreference()
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .build();
    }

    /** No probe: the build container polls the socket, which is a second faster than the kubelet's quickest probe. */
    private static Container buildkitd(Trust trust, LegPlan plan, Configuration configuration) {
        var pool = plan.pool();
        var env = new ArrayList<>(List.of(variable("TRESTLE_BUILDKITD_TOML", BuildkitdToml.of(configuration, trust))));
        pool.scratch()
                .map(LegPod::bytes)
                .ifPresent(bytes -> env.add(variable("TRESTLE_SCRATCH_BYTES", String.valueOf(bytes))));
        return new ContainerBuilder()
                .withName(DAEMON_CONTAINER)
                .withImage(configuration.builderImage())
                .withRestartPolicy("Always")
                .withCommand("trestle-buildkitd")
                .withEnv(env)
                .withResources(plan.resources())
                .withSecurityContext(ContainerSecurity.ofBuildkitd(pool.security()))
                .withVolumeMounts(mount("socket", SOCKET_FOLDER), mount("state", STATE_FOLDER), mount("tmp", "/tmp"))
                .build();
    }

    private static Container build(BackendBuild build, LegPlan plan, Configuration configuration) {
        var mounts = new ArrayList<>(List.of(mount("socket", SOCKET_FOLDER), mount("scratch", "/tmp")));
        var limit = plan.pool().deadlines().build().toSeconds();
        var env = new ArrayList<>(List.of(
                variable("TRESTLE_BUILD_PLATFORM", plan.leg().effectiveBuildPlatform()),
                variable("TRESTLE_BUILD_SECONDS", String.valueOf(limit))));
        PushSecret.of(build.getSpec().image().pushSecret()).ifPresent(secret -> {
            mounts.add(secret.mount());
            env.add(secret.variable());
        });
        GitSecret.of(build.getSpec().source().git()).ifPresent(secret -> {
            mounts.add(secret.mount());
            env.addAll(secret.variables());
        });
        return new ContainerBuilder()
                .withName(BUILD_CONTAINER)
                .withImage(configuration.builderImage())
                .withCommand("trestle-leg")
                .withArgs(Verbatim.of(BuildctlArguments.of(build, plan)))
                .withEnv(env)
                .withResources(CLIENT)
                .withSecurityContext(ContainerSecurity.ofBuild())
                .withVolumeMounts(mounts)
                .build();
    }

    private static List<Volume> volumes(BackendBuild build, Pool pool) {
        var volumes = new ArrayList<Volume>();
        volumes.add(emptyDir("socket", Optional.empty()));
        volumes.add(emptyDir("state", pool.scratch()));
        volumes.add(emptyDir("tmp", Optional.empty()));
        volumes.add(emptyDir("scratch", Optional.empty()));
        PushSecret.of(build.getSpec().image().pushSecret()).ifPresent(secret -> volumes.add(secret.volume()));
        GitSecret.of(build.getSpec().source().git()).ifPresent(secret -> volumes.add(secret.volume()));
        return volumes;
    }

    private static Volume emptyDir(String name, Optional<String> sizeLimit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(sizeLimit.map(Quantity::new).orElse(null))
                .endEmptyDir()
                .build();
    }

    private static long bytes(String quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity)).longValue();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
