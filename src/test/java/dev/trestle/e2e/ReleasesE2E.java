package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.Source;
import dev.trestle.cluster.OwnsCluster;
import dev.trestle.core.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tags that move with releases and not with pushes, and a build of each commit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class ReleasesE2E {
    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final Path files;
    private final String repository;
    private String url = "";

    ReleasesE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        repository = cluster.namespace() + "-releases";
        files = Files.createDirectories(Path.of("target", "e2e", repository));
    }

    @BeforeAll
    void publish() throws IOException, InterruptedException {
        Files.writeString(files.resolve("Dockerfile"), "FROM scratch\nCOPY app /app\n");
        push("first");
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void whatIsReleasedMovesWithVersionsAlone() throws IOException, InterruptedException {
        cluster.git().tag(repository, "v1.9");
        cluster.apply(build("app", "refs/tags/v*", null, List.of("latest-app", "${gitTag}-app")));
        awaitRelease("v1.9", 1);
        var ofNine = digest("app", "latest-app");

        push("second");
        cluster.git().tag(repository, "v1.10");
        awaitRelease("v1.10", 2);
        assertThat(digest("app", "v1.9-app")).isEqualTo(ofNine);

        push("a later fix of an earlier release, and a branch that goes on");
        cluster.git().tag(repository, "v1.9.1");
        cluster.git().tag(repository, "v2.0.0-rc1");
        push("second");
        cluster.git().tag(repository, "v1.10.1");
        awaitRelease("v1.10.1", 2);
        assertThat(digest("app", "v1.9.1-app")).isEmpty();
        assertThat(digest("app", "v2.0.0-rc1-app")).isEmpty();

        cluster.git().deleteTag(repository, "v1.10.1");
        cluster.operator().stop();
        cluster.operator().start();
        push("third");
        cluster.git().tag(repository, "v2");
        awaitRelease("v2", 3);
    }

    @Test
    void eachCommitOfAnOutageIsBuiltInItsOrder() throws IOException, InterruptedException {
        cluster.apply(build("every", "refs/heads/main", RunPolicy.Every, List.of("${shortRevision}-every")));
        expect.ready("every");
        var before = pods("every");

        cluster.operator().stop();
        for (var text : List.of("one", "two", "three")) {
            push(text);
        }
        cluster.operator().start();
        await().atMost(LIMIT).until(() -> pods("every") == before + 3);
        expect.ready("every");
    }

    private BackendBuild build(String name, String ref, @Nullable RunPolicy policy, List<String> tags) {
        var source = new Source(GitSourceBuilder.builder().url(url).ref(ref).build());
        return Builds.named(
                name,
                BackendBuildSpecBuilder.builder()
                        .source(source)
                        .buildArgs(List.of(cluster.nonce()))
                        .legs(List.of(Leg.on("linux/amd64")))
                        .image(ImageTargetBuilder.builder()
                                .repositories(List.of(cluster.repository(name)))
                                .tags(tags)
                                .build())
                        .runPolicy(policy)
                        .build());
    }

    private void push(String text) throws IOException, InterruptedException {
        Files.writeString(files.resolve("app"), text);
        url = cluster.git().publish(files, repository);
    }

    /** Its tags hold it, and so many legs have been built for it and those before. */
    private void awaitRelease(String tag, int legs) {
        await().atMost(LIMIT).until(() -> digest("app", tag + "-app").isPresent());
        cluster.await(
                "app", found -> Objects.requireNonNull(found.getStatus().run()).finishedAt() != null);
        expect.ready("app");
        assertThat(Objects.requireNonNull(cluster.build("app").getStatus().run())
                        .gitTag())
                .isEqualTo(tag);
        assertThat(digest("app", "latest-app")).isEqualTo(digest("app", tag + "-app"));
        assertThat(pods("app")).isEqualTo(legs);
    }

    private Optional<String> digest(String build, String tag) {
        return registry.digest(cluster.repository(build), tag);
    }

    private int pods(String build) {
        return cluster.pods().labelled(Labels.BUILD, build).size();
    }
}
