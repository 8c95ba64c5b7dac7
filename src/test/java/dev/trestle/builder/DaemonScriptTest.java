package dev.trestle.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the BuildKit daemon of a leg's pod is configured. */
class DaemonScriptTest {
    private static final String REGISTRY = "[registry.\"registry.example.org\"]\n  http = true\n";

    @TempDir
    private Path folder;

    @Test
    void startsOnTheSocketThatTheLegPollsWithTheConfigurationOfThePool() throws Exception {
        var socket = Files.createFile(folder.resolve("left-by-a-former-daemon"));

        var outcome = daemon(socket).with("TRESTLE_BUILDKITD_TOML", REGISTRY).run("trestle-buildkitd");

        assertThat(outcome.output())
                .contains("--addr\nunix://" + socket, "--root\n/var/lib/buildkit\n", "--group\n65532\n", REGISTRY)
                .doesNotContain("gcpolicy");
        assertThat(socket).doesNotExist();
    }

    @Test
    void keepsItsCacheWithinTheVolumeAndCacheMountsForAMonth() throws Exception {
        var outcome = daemon(folder.resolve("socket"))
                .with("TRESTLE_BUILDKITD_TOML", REGISTRY)
                .with("TRESTLE_SCRATCH_BYTES", "10000000000")
                .run("trestle-buildkitd");

        assertThat(outcome.output())
                .contains("keepDuration = \"720h\"\n  maxUsedSpace = 8000000000\n")
                .endsWith("[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = 8000000000\n");
    }

    private BuilderScript daemon(Path socket) {
        return new BuilderScript(folder, Map.of("TRESTLE_SOCKET", socket.toString()));
    }
}
