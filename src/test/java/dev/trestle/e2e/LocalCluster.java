package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code hack/cluster/cluster} keeps on this machine; {@code hack/cluster/README.md} says where. */
public final class LocalCluster {
    public static final Path HOME =
            Path.of(Optional.ofNullable(System.getenv("TRESTLE_CLUSTER_HOME")).orElse("/var/lib/trestle-cluster"));

    private LocalCluster() {}

    /**
     * One round of the registry's own garbage collection, which takes what no tag holds. Nothing may be pushed meanwhile: distribution
     * can't tell it from garbage.
     *
     * @see <a href="https://distribution.github.io/distribution/about/garbage-collection/">distribution's garbage collection</a>
     */
    static void collectGarbage() throws IOException, InterruptedException {
        var configuration = HOME.resolve("registry.yaml").toString();
        var round = Command.run(
                "env", "OTEL_TRACES_EXPORTER=none", "registry", "garbage-collect", "--delete-untagged", configuration);
        assertThat(round.exitCode()).as(round.output()).isZero();
    }
}
