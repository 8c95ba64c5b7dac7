package dev.trestle.e2e;

import static dev.trestle.e2e.TestCluster.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.api.ConditionStatus;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.LegState;
import dev.trestle.api.Reason;
import dev.trestle.api.Source;
import dev.trestle.cli.Trestle;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Releases of which one platform is built elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SharesCluster
class ExternalReleaseE2E {
    private static final String ANCHOR = "app-darwin-arm64";

    private final TestCluster cluster;
    private final TestRegistry registry = new TestRegistry();
    private final Expect expect;
    private final Path files;
    private final String repository;

    ExternalReleaseE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, registry);
        repository = cluster.namespace() + "-external";
        files = Files.createDirectories(Path.of("target", "e2e", repository));
        Files.writeString(files.resolve("Dockerfile"), "FROM scratch\nCOPY app /app\n");
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void eachReleaseIsPublishedWhenItsOwnReportIsThere() throws IOException, InterruptedException {
        apply(release("v1.0"));
        awaitReport();
        var ofFirst = pushElsewhere("v1.0");
        assertThat(report(ofFirst)).as("which release it is, was not said").isEqualTo(1);
        assertThat(report(ofFirst, "--release", "v1.0")).isZero();
        expect.ready("app");
        assertPublished("v1.0");
        var first = registry.digest(cluster.repository("app"), "latest-app");

        release("v1.1");
        await().atMost(LIMIT).until(() -> pods() == 2 && isBuiltHere());
        report(ofFirst, "--release", "v1.0");
        var ofSecond = pushElsewhere("v1.1");
        assertThat(registry.digest(cluster.repository("app"), "latest-app")).isEqualTo(first);
        assertThat(registry.digest(cluster.repository("app"), "v1.1-app")).isEmpty();

        assertThat(report(ofSecond, "--release", "v1.1")).isZero();
        cluster.await("app", found -> Conditions.is(found, "UpToDate", ConditionStatus.True));
        assertPublished("v1.1");
        assertThat(registry.digest(cluster.repository("app"), "v1.0-app")).isEqualTo(first);
    }

    private void assertPublished(String tag) {
        assertThat(expect.platforms("app", tag + "-app")).containsExactlyInAnyOrder("linux/amd64", MacOsImage.PLATFORM);
        assertThat(registry.digest(cluster.repository("app"), "latest-app"))
                .isEqualTo(registry.digest(cluster.repository("app"), tag + "-app"));
    }

    private int pods() {
        return cluster.pods().labelled(Labels.BUILD, "app").size();
    }

    private boolean isBuiltHere() {
        return cluster.build("app").getStatus().legs().stream()
                .anyMatch(leg -> leg.platform().equals("linux/amd64") && leg.state() == LegState.Built);
    }

    private void awaitReport() {
        cluster.await(
                "app",
                found -> Conditions.find(found, "Ready")
                        .filter(ready -> ready.reason() == Reason.AwaitingReport)
                        .isPresent());
    }

    /** @return the digest */
    private String pushElsewhere(String text) throws IOException, InterruptedException {
        MacOsImage.push(cluster.repository("app") + ":" + ANCHOR, text);
        return registry.digest(cluster.repository("app"), ANCHOR).orElseThrow();
    }

    private int report(String digest, String... options) {
        var arguments = Stream.concat(Stream.of("app", MacOsImage.PLATFORM, digest), Stream.of(options))
                .toArray(String[]::new);
        return Trestle.run("report", cluster.namespace(), arguments);
    }

    /** @return the repository's URL */
    private String release(String tag) throws IOException, InterruptedException {
        Files.writeString(files.resolve("app"), tag);
        var url = cluster.git().publish(files, repository);
        cluster.git().tag(repository, tag);
        return url;
    }

    private void apply(String url) {
        var image = ImageTargetBuilder.builder()
                .repositories(List.of(cluster.repository("app")))
                .tags(List.of("latest-app", "${gitTag}-app"))
                .build();
        cluster.apply(Builds.named(
                "app",
                Builds.onLegs(
                        new Source(GitSourceBuilder.builder()
                                .url(url)
                                .ref("refs/tags/v*")
                                .build()),
                        "Dockerfile",
                        List.of(cluster.nonce()),
                        List.of(
                                Leg.on("linux/amd64"),
                                LegBuilder.builder()
                                        .platform(MacOsImage.PLATFORM)
                                        .external(true)
                                        .build()),
                        image)));
    }
}
