package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Trust;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator makes the pods of legs in one shape only, and nobody else makes one: a real API server says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class LegPolicyIT {
    private final InstalledPolicies policies = new InstalledPolicies(Trust.Trusted);

    LegPolicyIT() throws Exception {}

    @BeforeAll
    void awaitPolicies() throws InterruptedException {
        policies.awaitRefusal(leg());
    }

    @AfterAll
    void close() {
        policies.close();
    }

    @Test
    void everyLegOfTheGoldenFilesIsTaken() {
        var legs = GoldenChildren.pods(policies.namespace());
        assertThat(legs).hasSizeGreaterThan(10);
        assertThat(legs.stream().filter(leg -> !isPrivileged(leg)))
                .allSatisfy(leg -> assertThat(asOperator(leg)).isEmpty());
    }

    @Test
    void privilegedLegIsRefusedUnlessItsPoolIs() {
        assertThat(GoldenChildren.pods(policies.namespace()).stream().filter(LegPolicyIT::isPrivileged))
                .isNotEmpty()
                .allSatisfy(leg ->
                        assertThat(asOperator(leg)).get().asString().contains("has security: Privileged", "old-nodes"));
    }

    @Test
    void apiServerFindsNothingWrongWithTheExpressions() {
        assertThat(policies.checked())
                .hasSizeGreaterThan(5)
                .allSatisfy(policy -> assertThat(
                                policy.getStatus().getTypeChecking().getExpressionWarnings())
                        .as(policy.getMetadata().getName())
                        .isEmpty());
    }

    static Stream<Arguments> imitations() {
        return Stream.of(
                imitation("a leg by its label", pod -> {}),
                imitation("a leg by its owner", pod -> pod.getMetadata().setLabels(Map.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("imitations")
    void nobodyElseMakesLegs(String kind, Consumer<Pod> change) {
        var pod = leg();
        change.accept(pod);
        assertThat(policies.refusal(Optional.empty(), pod))
                .as(kind)
                .get()
                .asString()
                .contains("only Trestle's operator makes the pods of legs");
    }

    @Test
    void otherPodsAreNobodysBusiness() {
        var pod = leg();
        pod.getMetadata().setLabels(Map.of("app", "shop"));
        pod.getMetadata().setOwnerReferences(List.of());
        pod.getSpec().getContainers().getFirst().setImage("nginx");
        assertThat(policies.refusal(Optional.empty(), pod)).isEmpty();
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("has the labels", pod -> pod.getMetadata().getLabels().remove("app.kubernetes.io/component")),
                shape("has the labels", pod -> pod.getMetadata().setLabels(Map.of())),
                shape("has one owner", pod -> pod.getMetadata().setOwnerReferences(List.of())),
                shape("has one owner", pod -> owner(pod, "apps/v1", "BackendBuild")),
                shape("has one owner", pod -> owner(pod, "trestle.dev/v1alpha1", "BaseImage")),
                shape("has one owner", pod -> pod.getMetadata().getLabels().put("trestle.dev/build", "other")),
                shape(
                        "containers 'build' and 'buildkitd' alone",
                        pod -> build(pod).setCommand(List.of("sh"))),
                shape(
                        "containers 'build' and 'buildkitd' alone",
                        pod -> daemon(pod).setArgs(List.of("--x"))),
                shape(
                        "containers 'build' and 'buildkitd' alone",
                        pod -> pod.getSpec()
                                .getContainers()
                                .add(new ContainerBuilder()
                                        .withName("other")
                                        .withImage(InstalledPolicies.BUILDER_IMAGE)
                                        .build())),
                shape(
                        "runs the builder image of the configuration",
                        pod -> build(pod).setImage("evil")),
                shape(
                        "runs the builder image of the configuration",
                        pod -> daemon(pod).setImage("evil")),
                argument("--allow", "security.insecure"),
                argument("--local", "context=/"),
                argument("--secret", "id=a,src=/etc/trestle/registry/config.json"),
                argument("--secret", "id=GIT_AUTH_HEADER.git.example,src=/etc/trestle/git/password"),
                argument("--output", "type=local,dest=/tmp"),
                argument("--import-cache", "type=local,src=/"),
                argument("--opt", "source=evil.example/frontend"),
                argument("--opt", "context=/etc"),
                argument("--frontend", "gateway.v0"),
                shape("no other flag", pod -> build(pod).getArgs().add("--debug")),
                shape("variables TRESTLE_", pod -> build(pod).getEnv().add(variable("BUILDKIT_HOST", "tcp://evil"))),
                shape("variables TRESTLE_", pod -> build(pod).getEnv().add(secretVariable())),
                shape("no namespace of its node", pod -> {
                    hostUsers(pod);
                    pod.getSpec().setHostPID(true);
                }),
                shape("no namespace of its node", pod -> pod.getSpec().setShareProcessNamespace(true)),
                shape("mounts empty folders", pod -> pod.getSpec().getVolumes().add(hostPath())),
                shape("mounts empty folders", pod -> pod.getSpec().getVolumes().add(secret("other"))),
                shape("not in the daemon", pod -> mountInTheDaemon(pod, "push-secret")),
                shape("not in the daemon", pod -> mountInTheDaemon(pod, "git-secret")),
                shape("mounts empty folders", pod -> pod.getSpec().setAutomountServiceAccountToken(true)),
                shape(
                        "'build' has no right",
                        pod -> build(pod).getSecurityContext().setRunAsNonRoot(null)),
                shape(
                        "'build' has no right",
                        pod -> build(pod).getSecurityContext().getCapabilities().setAdd(List.of("NET_ADMIN"))),
                shape("root of a user namespace alone", LegPolicyIT::hostUsers),
                shape(
                        "root of a user namespace alone",
                        pod -> daemon(pod)
                                .getSecurityContext()
                                .getCapabilities()
                                .setAdd(List.of("SYS_ADMIN", "SYS_MODULE"))),
                shape("untrusted leg runs as", LegPolicyIT::untrust),
                shape("untrusted leg runs as", pod -> {
                    untrust(pod);
                    account(pod);
                    pod.getSpec().getVolumes().add(secret("push-secret"));
                }),
                shape("untrusted leg runs as", pod -> {
                    untrust(pod);
                    account(pod);
                    build(pod).getArgs().addAll(List.of("--export-cache", "type=registry,ref=r.example/cache:main"));
                }));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("shapes")
    void operatorMakesOneShapeOnly(String words, Consumer<Pod> change) {
        var pod = leg();
        change.accept(pod);
        assertThat(asOperator(pod)).get().asString().contains(words);
    }

    @Test
    void untrustedLegIsTaken() {
        var pod = leg();
        untrust(pod);
        account(pod);
        assertThat(asOperator(pod)).isEmpty();
    }

    private Optional<String> asOperator(Pod pod) {
        return policies.refusal(Optional.of(InstalledPolicies.OPERATOR), pod);
    }

    private Pod leg() {
        return new PodBuilder(GoldenChildren.pods(policies.namespace()).getFirst()).build();
    }

    private static Arguments imitation(String kind, Consumer<Pod> change) {
        return Arguments.of(kind, change);
    }

    private static Arguments shape(String words, Consumer<Pod> change) {
        return Arguments.of(words, change);
    }

    private static Arguments argument(String flag, String value) {
        return shape("no other flag", pod -> {
            var arguments = new ArrayList<>(build(pod).getArgs());
            arguments.addAll(List.of(flag, value));
            build(pod).setArgs(arguments);
        });
    }

    private static boolean isPrivileged(Pod pod) {
        return Boolean.TRUE.equals(daemon(pod).getSecurityContext().getPrivileged());
    }

    private static void untrust(Pod pod) {
        pod.getMetadata().getLabels().put("trestle.dev/trust", "Untrusted");
    }

    /** An unmasked /proc is refused by the API server itself then. */
    private static void hostUsers(Pod pod) {
        pod.getSpec().setHostUsers(null);
        daemon(pod).getSecurityContext().setProcMount(null);
    }

    private static void account(Pod pod) {
        pod.getSpec().setServiceAccountName("trestle-untrusted");
    }

    private static void owner(Pod pod, String apiVersion, String kind) {
        var owner =
                new OwnerReferenceBuilder(pod.getMetadata().getOwnerReferences().getFirst());
        pod.getMetadata()
                .setOwnerReferences(
                        List.of(owner.withApiVersion(apiVersion).withKind(kind).build()));
    }

    private static Container build(Pod pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    private static Container daemon(Pod pod) {
        return pod.getSpec().getInitContainers().getFirst();
    }

    private static Volume hostPath() {
        return new VolumeBuilder()
                .withName("node")
                .withHostPath(new HostPathVolumeSource("/", null))
                .build();
    }

    private static Volume secret(String volume) {
        var source = new SecretVolumeSource();
        source.setSecretName("registry");
        return new VolumeBuilder().withName(volume).withSecret(source).build();
    }

    private static void mountInTheDaemon(Pod pod, String volume) {
        pod.getSpec().getVolumes().add(secret(volume));
        daemon(pod)
                .getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName(volume)
                        .withMountPath("/s")
                        .build());
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar secretVariable() {
        return new EnvVarBuilder()
                .withName("TRESTLE_X")
                .withNewValueFrom()
                .withNewSecretKeyRef("password", "registry", false)
                .endValueFrom()
                .build();
    }
}
