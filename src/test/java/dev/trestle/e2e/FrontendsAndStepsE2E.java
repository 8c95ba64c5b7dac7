package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BuildArg;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.Source;
import dev.trestle.cluster.SharesCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dockerfiles as people write them, in the default pool mode: Docker's frontend image, whose label asks for a network namespace of its
 * own, steps without network, and heredocs with other shells. Owners that the pool's user namespace has no room for are refused in one
 * sentence.
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

    private static final int HIGH_ID = 1_000_000_001;
    private static final int BLOCK = 512;

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
        apply("steps", DOCKERFILE);

        expect.ready("steps");
        expect.tagHolds("steps", "steps");
    }

    /** Owners of {@code useradd} on a machine of a directory service, and of archives that were made there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            owner-of-step | RUN touch /x && chown 1000000001:1000000001 /x
            owner-of-copy | COPY --chown=1000000001:1000000001 Dockerfile /x
            owner-in-tar  | ADD owned.tar /x
            """)
    void anOwnerBeyondTheUserNamespaceIsNamedWithTheWayOut(String name, String instruction)
            throws IOException, InterruptedException {
        apply(name, "FROM debian:12\nARG NONCE\nRUN echo $NONCE\n" + instruction + "\n");

        cluster.await(name, found -> Conditions.is(found, "Ready", ConditionStatus.False));
        assertThat(Conditions.find(cluster.build(name), "Ready").orElseThrow().message())
                .contains("user namespace of 65536 ids", "security: Privileged");
        assertThat(expect.podsOf(name, "linux-amd64")).isEqualTo(1);
    }

    private void apply(String name, String dockerfile) throws IOException, InterruptedException {
        var repository = cluster.namespace() + "-" + name;
        var files = Files.createDirectories(Path.of("target", "e2e", repository));
        Files.writeString(files.resolve("Dockerfile"), dockerfile);
        Files.write(files.resolve("owned.tar"), tarOf("file", HIGH_ID));
        var source = new Source(GitSourceBuilder.builder()
                .url(cluster.git().publish(files, repository))
                .ref("refs/heads/main")
                .build());
        cluster.apply(Builds.named(
                name,
                Builds.onAmd64(
                        source,
                        "Dockerfile",
                        List.of(new BuildArg("NONCE", cluster.namespace())),
                        cluster.image("v1", name))));
    }

    /** One empty file of this owner, whose number the form has room for in base 256 alone. */
    private static byte[] tarOf(String name, int owner) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        putOwner(header, 108, owner);
        putOwner(header, 116, owner);
        put(header, 124, "00000000000\0");
        put(header, 136, "00000000000\0");
        put(header, 148, " ".repeat(8));
        put(header, 156, "0");
        put(header, 257, "ustar  ");
        var sum = 0;
        for (var b : header) {
            sum += Byte.toUnsignedInt(b);
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return Arrays.copyOf(header, 3 * BLOCK);
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static void putOwner(byte[] header, int at, int owner) {
        ByteBuffer.wrap(header, at, 8).putInt(0x80000000).putInt(owner);
    }
}
