package dev.trestle.e2e;

import dev.trestle.api.BuildArg;
import dev.trestle.api.GitSource;
import dev.trestle.api.Source;
import dev.trestle.cluster.SharesCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Dockerfiles as people write them, in the default pool mode: Docker's frontend image, whose label asks for a network namespace of its
 * own, steps without network, and heredocs with other shells.
 */
@SharesCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontendsAndStepsE2E {
    private static final String DOCKERFILE = """
            # syntax=docker/dockerfile:1
            FROM debian:12 AS steps
            ARG NONCE
            RUN --network=none ! (echo > /dev/tcp/10.88.0.1/5000) 2>/dev/null
            RUN --network=none test "$(grep -c : /proc/net/dev)" = 1
            RUN --security=sandbox test "$(id -u)" = 0
            RUN <<PERL
            #!/usr/bin/perl
            open my $out, '>', '/value' or die;
            print $out "written by perl";
            PERL
            RUN <<-'EOT' bash
            \tset -euo pipefail
            \t[[ $(</value) == 'written by perl' ]]
            EOT
            COPY --chown=60000:60000 --chmod=0640 <<VALUE /owned
            $NONCE
            VALUE
            RUN test "$(stat -c '%u:%g %a' /owned)" = '60000:60000 640'

            FROM scratch
            COPY --link --from=steps /value /value
            LABEL value=steps
            """;

    private final TestCluster cluster;
    private final Expect expect;

    FrontendsAndStepsE2E() throws IOException, InterruptedException {
        cluster = TestCluster.open();
        expect = new Expect(cluster, new TestRegistry());
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void dockersFrontendAndItsStepsWorkInTheDefaultPool() throws IOException, InterruptedException {
        var repository = cluster.namespace() + "-steps";
        var files = Files.createDirectories(Path.of("target", "e2e", repository));
        Files.writeString(files.resolve("Dockerfile"), DOCKERFILE);
        var source =
                new Source(new GitSource(cluster.git().publish(files, repository), "refs/heads/main", null, List.of()));

        cluster.apply(Builds.named(
                "steps",
                Builds.onAmd64(
                        source,
                        "Dockerfile",
                        List.of(new BuildArg("NONCE", cluster.namespace())),
                        cluster.image("v1", "steps"))));

        expect.ready("steps");
        expect.tagHolds("steps", "steps");
    }
}
