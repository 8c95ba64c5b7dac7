package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Labels;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is expected of a build under the tag {@code v1}, in the cluster and in the registry. */
public record Expect(TestCluster cluster, TestRegistry registry) {

    /** Soon, for the spec as it is now. */
    public void ready(String build) {
        cluster.await(build, Conditions::isReadyNow);
    }

    /** One merge, one Job, one pod, whatever has been deleted since. */
    public void mergedOnce(String build) {
        var merges = cluster.merges().labelled(Labels.BUILD, build);
        assertThat(merges).hasSize(1);
        var name = merges.getFirst().getMetadata().getName();
        assertThat(cluster.jobs().labelled(Labels.MERGE, name)).hasSize(1);
        assertThat(cluster.pods().labelled(Labels.MERGE, name)).hasSize(1);
    }

    /** The tag names what the status says, and that was made with this value. */
    public void tagHolds(String build, String value) {
        assertThat(registry.digest(cluster.repository(build), "v1")).contains(digest(cluster.build(build)));
        assertThat(valueOf(build, "v1")).isEqualTo(value);
    }

    /** How many pods a leg has had, such as {@code linux-arm64}, whatever has been deleted since. */
    public long podsOf(String build, String leg) {
        return cluster.pods().labelled(Labels.BUILD, build).stream()
                .filter(pod -> leg.equals(pod.getMetadata().getLabels().get(Labels.LEG)))
                .count();
    }

    /** The platforms that can be run under a tag; attestations are none. */
    public List<String> platforms(String build, String tag) {
        return registry.find(cluster.repository(build), tag).orElseThrow().platforms().stream()
                .filter(platform -> !platform.equals("unknown/unknown"))
                .toList();
    }

    /** The build argument that the image under this tag was made with. */
    public String valueOf(String build, String tag) {
        return registry.label(cluster.repository(build), tag, "linux/amd64", "value");
    }

    /** By generation, every digest with which the build has ever been ready. */
    public List<Map.Entry<Long, String>> readyDigests(String build) {
        return cluster.builds().versionsOf(build).stream()
                .filter(Conditions::isReadyNow)
                .map(version -> Map.entry(version.getMetadata().getGeneration(), digest(version)))
                .distinct()
                .toList();
    }

    private static String digest(BackendBuild build) {
        return Objects.requireNonNull(build.getStatus().image()).digest();
    }
}
