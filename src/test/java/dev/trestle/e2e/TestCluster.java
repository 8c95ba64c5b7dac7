package dev.trestle.e2e;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BuildArg;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.Source;
import dev.trestle.core.Labels;
import dev.trestle.runtime.ApiServerJson;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The cluster with the installed operator, and a namespace, a git repository and image repositories for one test class. */
public final class TestCluster implements AutoCloseable {
    /** Longer than anything takes on a busy machine; no measure of how long it should. */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Path FILES = Path.of("src/test/resources/e2e/repo");

    private final KubernetesClient client;
    private final String registry;
    private final String namespace;
    private final String gitUrl;
    private final Seen<BackendBuild> builds;
    private final Seen<Pod> pods;
    private final Seen<ManifestMerge> merges;
    private final Seen<Job> jobs;

    private TestCluster(KubernetesClient client, String registry, String namespace, String gitUrl) {
        this.client = client;
        this.registry = registry;
        this.namespace = namespace;
        this.gitUrl = gitUrl;
        this.builds = new Seen<>(client.resources(BackendBuild.class).inNamespace(namespace));
        this.pods = new Seen<>(client.pods().inNamespace(namespace));
        this.merges = new Seen<>(client.resources(ManifestMerge.class).inNamespace(namespace));
        this.jobs = new Seen<>(client.batch().v1().jobs().inNamespace(namespace));
    }

    /**
     * Makes the namespace and publishes {@code src/test/resources/e2e/repo}.
     *
     * @throws IllegalStateException if this is not the local cluster: a test that needs one fails, it is not skipped
     */
    public static TestCluster open() throws IOException, InterruptedException {
        var git = new GitRepositories.Local(variable("TRESTLE_GIT"));
        if (variable("TRESTLE_LOCAL").isEmpty()) {
            throw new IllegalStateException(
                    "'TRESTLE_LOCAL' is empty: repositories can be published on the local cluster only. Unset KUBECONFIG and run: make test");
        }
        var client = new KubernetesClientBuilder()
                .withKubernetesSerialization(ApiServerJson.serialization())
                .build();
        var namespace = createNamespace(client);
        copyFiles(filesOf(namespace));
        var url = git.publish(filesOf(namespace), namespace);
        return new TestCluster(client, variable("TRESTLE_REGISTRY"), namespace, url);
    }

    /** Repositories of a test's own. */
    public GitRepositories git() {
        return new GitRepositories.Local(variable("TRESTLE_GIT"));
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(
                    "'%s' is not set. The end-to-end tests need a cluster with the operator; run: make test"
                            .formatted(name));
        }
        return value;
    }

    private static String createNamespace(KubernetesClient client) {
        var wanted = new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("e2e-")
                .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                .endMetadata()
                .build();
        return client.resource(wanted).create().getMetadata().getName();
    }

    private static void copyFiles(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(FILES)) {
            for (var file : files) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
    }

    private static Path filesOf(String namespace) {
        return Path.of("target", "e2e", namespace);
    }

    /** Publishes a commit that appends to a file of the repository. */
    public void commit(String file, String text) throws IOException, InterruptedException {
        var folder = filesOf(namespace);
        Files.writeString(folder.resolve(file), text, StandardOpenOption.APPEND);
        git().publish(folder, namespace);
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    public Kubectl kubectl() {
        return new Kubectl(namespace);
    }

    public InstalledOperator operator() {
        return new InstalledOperator(client);
    }

    /** Every version of every build. */
    public Seen<BackendBuild> builds() {
        return builds;
    }

    /** Every pod that has been in the namespace. */
    public Seen<Pod> pods() {
        return pods;
    }

    public Seen<ManifestMerge> merges() {
        return merges;
    }

    public Seen<Job> jobs() {
        return jobs;
    }

    /** Holds builds; this machine is where the registry is. */
    public Gate gate() throws IOException {
        return new Gate(registry.substring(0, registry.lastIndexOf(':')));
    }

    public Source source() {
        return new Source(
                GitSourceBuilder.builder().url(gitUrl).ref("refs/heads/main").build());
    }

    public String repository(String name) {
        return registry + "/" + namespace + "/" + name;
    }

    public ImageTarget image(String tag, String... repositories) {
        return ImageTargetBuilder.builder()
                .repositories(
                        List.of(repositories).stream().map(this::repository).toList())
                .tags(List.of(tag))
                .build();
    }

    /** Makes the builds of this test class different from all before: nothing is served from a cache. */
    public BuildArg nonce() {
        return new BuildArg("NONCE", namespace);
    }

    /** As {@code kubectl apply --server-side}. */
    public <T extends HasMetadata> T apply(T wanted) {
        wanted.getMetadata().setNamespace(namespace);
        return client.resource(wanted).fieldManager("e2e").serverSideApply();
    }

    public BackendBuild build(String name) {
        return client.resources(BackendBuild.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /**
     * Returns once the build is so.
     *
     * @throws AssertionError with the build's status and its pods, when that takes longer than {@link #LIMIT}
     */
    public void await(String build, Predicate<BackendBuild> condition) {
        try {
            Awaitility.await().atMost(LIMIT).until(() -> condition.test(build(build)));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "'%s' is not so after %s: %s; its pods: %s"
                            .formatted(
                                    build,
                                    LIMIT,
                                    client.getKubernetesSerialization().asJson(build(build)),
                                    podsOf(build).map(TestCluster::line).toList()),
                    e);
        }
    }

    private Stream<Pod> podsOf(String build) {
        return client.pods().inNamespace(namespace).withLabel(Labels.BUILD, build).list().getItems().stream();
    }

    private static String line(Pod pod) {
        return pod.getMetadata().getName() + " " + ApiServerJson.serialization().asJson(pod.getStatus());
    }

    public BaseImage base(String name) {
        return client.resources(BaseImage.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** The only pod that builds {@code build} now, once it is there. */
    public Pod legPod(String build) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(() -> podsOf(build).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        List.of(builds, pods, merges, jobs).forEach(Seen::close);
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
