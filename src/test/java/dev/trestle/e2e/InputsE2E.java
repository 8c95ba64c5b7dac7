package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BuildArg;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.LegState;
import dev.trestle.api.Source;
import dev.trestle.cluster.OwnsCluster;
import dev.trestle.core.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What is built after a push: whatever is made of what has changed, and nothing else. Two builds say nothing of their files, which the
 * Dockerfile tells; the third declares them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnsCluster
class InputsE2E {
    private static final String DOCKERFILE = """
            FROM scratch
            ARG APP
            COPY apps/${APP} /app
            COPY shared /shared
            """;
    private static final List<String> BUILDS = List.of("one", "two", "declared");

    private final TestCluster cluster;
    private final Expect expect;
    private final Path files;
    private final String repository;

    InputsE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, new TestRegistry());
        repository = cluster.namespace() + "-apps";
        files = Files.createDirectories(Path.of("target", "e2e", repository));
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void aPushBuildsWhatItChanges() throws IOException, InterruptedException {
        write("Dockerfile", DOCKERFILE);
        for (var app : BUILDS) {
            write("apps/" + app + "/main", "first");
        }
        write("shared/library", "first");
        write("README.md", "first");
        var url = cluster.git().publish(files, repository);
        cluster.apply(build("one", url, List.of()));
        cluster.apply(build("two", url, List.of()));
        cluster.apply(build("declared", url, List.of("apps/declared/**", "shared/**", "!**/*.md")));
        BUILDS.forEach(expect::ready);
        assertBuilt(1, 1, 1);

        write("README.md", "second");
        write("apps/declared/README.md", "second");
        push();
        write("apps/one/main", "second");
        push();
        awaitPods("one", 2);
        assertBuilt(2, 1, 1);
        assertThat(reasonsOf("one")).singleElement().asString().matches("Source apps/one [0-9a-f]{12} -> [0-9a-f]{12}");

        write("shared/library", "second");
        push();
        BUILDS.forEach(name -> awaitPods(name, name.equals("one") ? 3 : 2));
        assertBuilt(3, 2, 2);
        assertThat(reasonsOf("declared")).isNotEmpty().allMatch(reason -> reason.startsWith("Source shared"));

        write("apps/declared/main", "rewritten");
        cluster.git().publishAnew(files, repository);
        awaitPods("declared", 3);
        assertBuilt(3, 2, 3);

        cluster.operator().stop();
        write("apps/two/main", "in an outage");
        push();
        cluster.operator().start();
        awaitPods("two", 3);
        assertBuilt(3, 3, 3);
    }

    private BackendBuild build(String name, String url, List<String> inputs) {
        var source = new Source(GitSourceBuilder.builder()
                .url(url)
                .ref("refs/heads/main")
                .inputs(inputs)
                .build());
        return Builds.named(
                name,
                Builds.onAmd64(source, "Dockerfile", List.of(new BuildArg("APP", name)), cluster.image("v1", name)));
    }

    private void push() throws IOException, InterruptedException {
        cluster.git().publish(files, repository);
    }

    private void write(String path, String text) throws IOException {
        var file = files.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    /** So many pods have built it, and its status tells of the last. */
    private void awaitPods(String build, int number) {
        await().atMost(LIMIT).until(() -> podsOf(build) >= number);
        var last = cluster.pods()
                .labelled(Labels.BUILD, build)
                .getLast()
                .getMetadata()
                .getName();
        cluster.await(
                build,
                found -> Conditions.firstLeg(found)
                        .filter(leg -> leg.state() == LegState.Built && last.equals(leg.pod()))
                        .isPresent());
        expect.ready(build);
    }

    private void assertBuilt(int one, int two, int declared) {
        assertThat(List.of(podsOf("one"), podsOf("two"), podsOf("declared"))).containsExactly(one, two, declared);
    }

    private int podsOf(String build) {
        return cluster.pods().labelled(Labels.BUILD, build).size();
    }

    private List<String> reasonsOf(String build) {
        return cluster.build(build).getStatus().legs().getFirst().reasons();
    }
}
