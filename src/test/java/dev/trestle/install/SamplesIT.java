package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trestle.cluster.SharesCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real API server with Trestle's CRDs takes the samples. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+", disabledReason = "KUBECONFIG names no API server")
@SharesCluster
class SamplesIT {

    @Test
    void samplesAreAccepted() throws Exception {
        assumeThat(Command.run(List.of("kubectl", "get", "crd", "backendbuilds.trestle.dev"))
                        .exitCode())
                .as("the API server has Trestle's CRDs")
                .isZero();
        var samples = Path.of("config", "samples").toString();
        var applied = Command.run(List.of("kubectl", "apply", "--server-side", "--dry-run=server", "-k", samples));
        assertThat(applied.outputOfSuccess()).contains("backendbuild", "baseimage", "manifestmerge");
    }
}
