package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.Baseline;
import dev.trestle.api.BuildArg;
import dev.trestle.api.CacheBuilder;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.Source;
import dev.trestle.api.Trust;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import dev.trestle.core.Names;
import dev.trestle.core.Platform;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A pull request from a fork: what it leaves alone is taken over from the mainline, what it changes is built without any trust. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class PullRequestE2E {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final String DOCKERFILE = """
            FROM scratch
            ARG APP
            COPY apps/${APP} /app
            """;
    private static final String PROPOSED = "v1-pr7";

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final Path files;
    private final String mainline;
    private final String fork;

    PullRequestE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        files = Files.createDirectories(Path.of("target", "e2e", cluster.namespace() + "-apps"));
        write("Dockerfile", DOCKERFILE);
        write("apps/one/main", "accepted");
        write("apps/two/main", "accepted");
        mainline = cluster.git().publish(files, cluster.namespace() + "-apps");
        write("apps/one/main", "proposed");
        fork = cluster.git().publish(files, cluster.namespace() + "-fork");
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void buildsWhatItChangesAndTakesTheRest() throws IOException, InterruptedException {
        cluster.apply(Builds.named("one", trusted("one")));
        cluster.apply(Builds.named("two", trusted("two")));
        expect.ready("one");
        expect.ready("two");
        var before = mainlinesTags();

        cluster.apply(Builds.named("one-pr7", untrusted("one", null)));
        cluster.await(
                "one-pr7",
                found -> Conditions.find(found, "Ready")
                        .filter(ready -> ready.message().contains("trestle-untrusted"))
                        .isPresent());
        allowUntrustedPods();
        cluster.apply(Builds.named("two-pr7", untrusted("two", null)));
        expect.ready("two-pr7");
        expect.ready("one-pr7");

        assertThat(podsOf("two-pr7")).isEmpty();
        assertThat(cluster.build("two-pr7").getStatus().legs().getFirst().message())
                .startsWith("Taken over from");
        assertThat(imageOf("proposed-two", PROPOSED)).isEqualTo(imageOf("two", "v1"));
        assertThat(podsOf("one-pr7")).singleElement().satisfies(PullRequestE2E::isUntrusted);
        assertThat(imageOf("proposed-one", PROPOSED)).isNotEqualTo(imageOf("one", "v1"));

        write("apps/one/main", "proposed again");
        cluster.git().publish(files, cluster.namespace() + "-fork");
        await().atMost(LIMIT).until(() -> podsOf("one-pr7").size() == 2);
        expect.ready("one-pr7");

        assertThat(mainlinesTags()).isEqualTo(before);
        cluster.apply(Builds.named("one-pr7", untrusted("one", 1L)));
        await().atMost(LIMIT).until(() -> find("one-pr7").isEmpty());
        await().atMost(LIMIT)
                .until(() -> cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withLabel(Labels.BUILD, "one-pr7")
                        .list()
                        .getItems()
                        .isEmpty());
    }

    private static void isUntrusted(Pod pod) {
        assertThat(pod.getMetadata().getLabels()).containsEntry(Labels.TRUST, "Untrusted");
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("trestle-untrusted");
        assertThat(pod.getSpec().getVolumes()).allMatch(volume -> volume.getEmptyDir() != null);
        var arguments = pod.getSpec().getContainers().getFirst().getArgs();
        assertThat(arguments).contains("--import-cache").doesNotContain("--export-cache");
    }

    private BackendBuildSpec trusted(String app) {
        return spec(app, mainline, "refs/heads/main", app, null, null, null);
    }

    private BackendBuildSpec untrusted(String app, @Nullable Long secondsToLive) {
        return spec(app, fork, "refs/heads/main", "proposed-" + app, 7, new Baseline(app), secondsToLive);
    }

    private BackendBuildSpec spec(
            String app,
            String url,
            String ref,
            String repository,
            @Nullable Integer pullRequest,
            @Nullable Baseline baseline,
            @Nullable Long secondsToLive) {
        var like = Builds.onAmd64(
                new Source(GitSourceBuilder.builder().url(url).ref(ref).build()),
                "Dockerfile",
                List.of(new BuildArg("APP", app)),
                cluster.image("v1", repository));
        return BackendBuildSpecBuilder.builder(like)
                .cache(CacheBuilder.builder()
                        .repository(cluster.repository("cache"))
                        .build())
                .trust(pullRequest == null ? null : Trust.Untrusted)
                .pullRequest(pullRequest)
                .baseline(baseline)
                .ttlSecondsAfterFinished(secondsToLive)
                .onLegFailure(null)
                .build();
    }

    /** What {@code config/untrusted-namespace} gives to a namespace. */
    private void allowUntrustedPods() {
        cluster.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("trestle-untrusted")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withAutomountServiceAccountToken(false)
                        .build())
                .create();
    }

    private List<Optional<String>> mainlinesTags() {
        var cache = cluster.repository("cache");
        return List.of(
                registry.digest(cluster.repository("one"), "v1"),
                registry.digest(cluster.repository("two"), "v1"),
                registry.digest(cache, Names.cacheTag(cluster.namespace(), "one", AMD64)),
                registry.digest(cache, Names.cacheTag(cluster.namespace(), "one-pr7", AMD64)));
    }

    private String imageOf(String repository, String tag) {
        return registry.find(cluster.repository(repository), tag).orElseThrow().digestFor("linux/amd64");
    }

    private List<Pod> podsOf(String build) {
        return cluster.pods().labelled(Labels.BUILD, build);
    }

    private Optional<BackendBuild> find(String name) {
        return Optional.ofNullable(cluster.client()
                .resources(BackendBuild.class)
                .inNamespace(cluster.namespace())
                .withName(name)
                .get());
    }

    private void write(String path, String text) throws IOException {
        var file = files.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
