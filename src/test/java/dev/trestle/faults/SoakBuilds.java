package dev.trestle.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.core.Labels;
import dev.trestle.e2e.Conditions;
import dev.trestle.e2e.Gate;
import dev.trestle.e2e.TestCluster;
import dev.trestle.e2e.TestRegistry;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The builds of a soak, and which version of each was asked for last. */
final class SoakBuilds {
    /** A pool with a limit: sixty builds are queued, as they would be. */
    private static final List<Leg> LEGS =
            List.of(LegBuilder.builder().platform("linux/amd64").pool("small").build());

    private final TestCluster cluster;
    private final CrossedBuilds builds;
    private final TestRegistry images = new TestRegistry();
    private final int[] versions;
    private final boolean[] suspended;

    SoakBuilds(TestCluster cluster, FaultProxy registry, Gate gate, int count) {
        this.cluster = cluster;
        this.builds = new CrossedBuilds(cluster, gate, registry);
        versions = new int[count];
        suspended = new boolean[count];
    }

    int count() {
        return versions.length;
    }

    void change(int build) {
        versions[build]++;
        apply(build);
    }

    void suspend(int build) {
        suspended[build] = true;
        apply(build);
    }

    void resumeAll() {
        for (var build = 0; build < count(); build++) {
            if (suspended[build]) {
                suspended[build] = false;
                apply(build);
            }
        }
    }

    void emptyStatus(int build) {
        resource(build).editStatus(found -> {
            found.setStatus(BackendBuildStatus.unseen());
            return found;
        });
    }

    /** @param annotation with a value that is new each time */
    void ask(int build, String annotation) {
        resource(build).edit(found -> {
            found.getMetadata().getAnnotations().put(annotation, String.valueOf(System.nanoTime()));
            return found;
        });
    }

    /** A failed leg is tried again, as people would. */
    void retryThoseThatFailed() {
        var failed = all().stream()
                .filter(found -> Conditions.is(found, "Ready", ConditionStatus.False)
                        || Conditions.is(found, "LastBuildSucceeded", ConditionStatus.False))
                .map(found -> found.getMetadata().getName())
                .toList();
        IntStream.range(0, count())
                .filter(build -> failed.contains(name(build)))
                .forEach(build -> ask(build, Labels.RETRY));
    }

    List<String> unsettled() {
        return all().stream()
                .filter(found ->
                        !Conditions.isReadyNow(found) || !Conditions.is(found, "UpToDate", ConditionStatus.True))
                .map(found -> found.getMetadata().getName())
                .toList();
    }

    private List<BackendBuild> all() {
        return cluster.client()
                .resources(BackendBuild.class)
                .inNamespace(cluster.namespace())
                .list()
                .getItems();
    }

    void assertTagsAreRight() {
        for (var build = 0; build < count(); build++) {
            var digest = Objects.requireNonNull(
                            resource(build).require().getStatus().image())
                    .digest();
            var repository = cluster.repository(name(build));
            assertThat(images.digest(repository, CrossedBuilds.TAG))
                    .as(name(build))
                    .contains(digest);
            assertThat(images.label(repository, CrossedBuilds.TAG, "linux/amd64", "value"))
                    .as("what '%s' was made of", name(build))
                    .isEqualTo("v" + versions[build]);
        }
    }

    private void apply(int build) {
        cluster.apply(
                builds.named(name(build), List.of(name(build)), "v" + versions[build], "true", LEGS, suspended[build]));
    }

    private Resource<BackendBuild> resource(int build) {
        return cluster.client()
                .resources(BackendBuild.class)
                .inNamespace(cluster.namespace())
                .withName(name(build));
    }

    private static String name(int build) {
        return "soak-" + build;
    }

    @Override
    public String toString() {
        return Arrays.toString(versions);
    }
}
