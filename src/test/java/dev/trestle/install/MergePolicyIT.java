package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Trust;
import dev.trestle.cluster.SharesCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
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

/** Merges run the operator's image in one shape only, and what a leg or a merge reports comes from a pod that nobody else has touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class MergePolicyIT {
    private static final Optional<String> OPERATOR = Optional.of(InstalledPolicies.OPERATOR);
    private static final Optional<String> JOB_CONTROLLER = Optional.of(InstalledPolicies.JOB_CONTROLLER);
    private static final Optional<String> ADMINISTRATOR = Optional.empty();

    private final InstalledPolicies policies = new InstalledPolicies(Trust.Trusted);

    MergePolicyIT() throws Exception {}

    @BeforeAll
    void awaitPolicies() throws InterruptedException {
        policies.awaitRefusal(job());
        policies.awaitRefusal(podOfMerge());
    }

    @AfterAll
    void close() {
        policies.close();
    }

    @Test
    void everyMergeOfTheGoldenFilesIsTaken() {
        assertThat(GoldenChildren.jobs(policies.namespace()))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(policies.refusal(OPERATOR, job)).isEmpty());
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("has the labels", job -> job.getMetadata().getLabels().put("trestle.dev/merge", "other")),
                shape("has one owner", job -> job.getMetadata().setOwnerReferences(List.of())),
                shape("the container 'merge' alone", job -> container(job).setCommand(List.of("sh"))),
                shape(
                        "the container 'merge' alone",
                        job -> container(job)
                                .setEnv(List.of(new EnvVar("JAVA_OPTS", "-javaagent:/tmp/evil.jar", null)))),
                shape("runs the merge image", job -> container(job).setImage("evil")),
                shape("told its sources", job -> container(job).setArgs(List.of("operator"))),
                shape("told its sources", job -> container(job).setArgs(List.of("merge", "--docker-config", "/tmp"))),
                shape("no namespace of its node", job -> pod(job).setHostNetwork(true)),
                shape("no token", job -> pod(job).setAutomountServiceAccountToken(null)),
                shape("no token", job -> pod(job).setServiceAccountName("trestle")),
                shape("has no right", job -> container(job).setSecurityContext(null)),
                shape(
                        "untrusted merge runs as",
                        job -> job.getMetadata().getLabels().put("trestle.dev/trust", "Untrusted")));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("shapes")
    void operatorMakesOneShapeOnly(String words, Consumer<Job> change) {
        var job = job();
        change.accept(job);
        assertThat(policies.refusal(OPERATOR, job)).get().asString().contains(words);
    }

    static Stream<Arguments> imitations() {
        return Stream.of(
                shape("a merge's Job", job -> {}),
                shape("a Job whose pods look like a merge's", job -> {
                    job.getMetadata().setLabels(Map.of());
                    job.getMetadata().setOwnerReferences(List.of());
                }),
                shape("a Job whose pods look like a leg's", job -> {
                    job.getMetadata().setLabels(Map.of());
                    job.getMetadata().setOwnerReferences(List.of());
                    job.getSpec().getTemplate().getMetadata().setLabels(Map.of("trestle.dev/leg", "linux-amd64"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("imitations")
    void nobodyElseMakesMergeJobs(String kind, Consumer<Job> change) {
        var job = job();
        change.accept(job);
        assertThat(policies.refusal(ADMINISTRATOR, job))
                .as(kind)
                .get()
                .asString()
                .contains("only Trestle's operator makes the Jobs of merges");
    }

    @Test
    void podsOfMergesAreMadeByTheirJobsAlone() {
        assertThat(policies.refusal(ADMINISTRATOR, podOfMerge()))
                .get()
                .asString()
                .contains("made by their Jobs alone");
        assertThat(policies.refusal(JOB_CONTROLLER, podOfMerge())).isEmpty();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "labels of legs and merges never change",
                        pod -> pod.getMetadata().getLabels().put("trestle.dev/merge", "other")),
                change(
                        "labels of legs and merges never change",
                        pod -> pod.getMetadata().getLabels().put("trestle.dev/leg", "linux-amd64")),
                change(
                        "labels of legs and merges never change",
                        pod -> pod.getMetadata().setLabels(Map.of())),
                change("get no other owner", pod -> pod.getMetadata().setOwnerReferences(List.of(owner()))),
                change(
                        "images of legs and merges never change",
                        pod -> pod.getSpec().getContainers().getFirst().setImage("evil")));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("changes")
    void podsOfMergesStayWhatTheyAre(String words, Consumer<Pod> change) {
        var pod = policies.create(JOB_CONTROLLER, unscheduled(podOfMerge()));
        change.accept(pod);
        assertThat(policies.refusalOfUpdate(pod)).get().asString().contains(words);
    }

    @Test
    void otherPodsDoNotBecomeLegs() {
        var ordinary = unscheduled(podOfMerge());
        ordinary.getMetadata().setLabels(Map.of("app", "shop"));
        var pod = policies.create(ADMINISTRATOR, ordinary);
        pod.getMetadata().setLabels(Map.of("app", "shop", "trestle.dev/leg", "linux-amd64"));
        assertThat(policies.refusalOfUpdate(pod)).get().asString().contains("labels of legs and merges never change");
    }

    static Stream<Arguments> promotions() {
        return Stream.of(
                shape("no label", job -> job.getMetadata().setLabels(Map.of("trestle.dev/merge", "other"))),
                shape(
                        "no label",
                        job -> job.getSpec()
                                .getTemplate()
                                .getMetadata()
                                .getLabels()
                                .put("trestle.dev/merge", "other")),
                shape("no owner", job -> job.getMetadata().setOwnerReferences(List.of(owner()))));
    }

    /** Kubernetes lets the pods' labels of a Job change as long as it is suspended. */
    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("promotions")
    void otherJobsDoNotBecomeMerges(String words, Consumer<Job> change) {
        var job = policies.create(ADMINISTRATOR, suspended());
        change.accept(job);
        assertThat(policies.refusalOfUpdate(job))
                .get()
                .asString()
                .contains("gets " + words + " of trestle.dev when it is there already");
    }

    @Test
    void otherJobsMayChange() {
        var job = policies.create(ADMINISTRATOR, suspended());
        job.getMetadata().setLabels(Map.of("kueue.x-k8s.io/queue-name", "builds"));
        assertThat(policies.refusalOfUpdate(job)).isEmpty();
    }

    private Job suspended() {
        return new JobBuilder(job())
                .editMetadata()
                .withName(null)
                .withGenerateName("ordinary-")
                .withLabels(Map.of())
                .withOwnerReferences()
                .endMetadata()
                .editSpec()
                .withSuspend(true)
                .editTemplate()
                .editMetadata()
                .withLabels(Map.of("app", "shop"))
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void whatIsNotTrestlesMayChange() {
        var pod = policies.create(JOB_CONTROLLER, unscheduled(podOfMerge()));
        pod.getMetadata().getLabels().put("kueue.x-k8s.io/managed", "true");
        assertThat(policies.refusalOfUpdate(pod)).isEmpty();
    }

    private static Pod unscheduled(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withName(null)
                .withGenerateName("merge-")
                .endMetadata()
                .editSpec()
                .addToNodeSelector("trestle.dev/no-such-node", "true")
                .endSpec()
                .build();
    }

    private Job job() {
        return GoldenChildren.jobs(policies.namespace()).getFirst();
    }

    private Pod podOfMerge() {
        var template = job().getSpec().getTemplate();
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .editMetadata()
                .withName("merge-x")
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion("trestle.dev/v1alpha1")
                .withKind("BackendBuild")
                .withName("cart")
                .withUid("0b9cb4ac-0000-4000-8000-000000000001")
                .build();
    }

    private static Arguments shape(String words, Consumer<Job> change) {
        return Arguments.of(words, change);
    }

    private static Arguments change(String words, Consumer<Pod> change) {
        return Arguments.of(words, change);
    }

    private static PodSpec pod(Job job) {
        return job.getSpec().getTemplate().getSpec();
    }

    private static Container container(Job job) {
        return pod(job).getContainers().getFirst();
    }
}
