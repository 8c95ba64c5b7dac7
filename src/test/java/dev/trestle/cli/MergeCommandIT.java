package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.merge.TinyImage;
import dev.trestle.registry.RealRegistry;
import dev.trestle.registry.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as a Job and a person run them, against a real registry. */
@SharesCluster
class MergeCommandIT {

    private static final TinyImage AMD64 = TinyImage.of("linux/amd64").attested("a");
    private static final TinyImage ARM64 = TinyImage.of("linux/arm64");

    private final RealRegistry real = RealRegistry.required();
    private final Repository repository = real.repository("command");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void mergesAndLeavesTheResult() throws IOException {
        real.push(AMD64, repository);
        real.push(ARM64, repository);

        assertThat(merge(source(AMD64), source(ARM64), "--target=" + repository + "=v1"))
                .isZero();

        var digest = real.client().digestOf(repository, "v1").orElseThrow();
        assertThat(result().path("digest").asText()).isEqualTo(digest.value());
        assertThat(result().path("platforms").findValuesAsText("platform"))
                .containsExactly("linux/amd64", "linux/arm64");
    }

    @Test
    void whatCannotBeMergedIsFinal() throws IOException {
        assertThat(merge(source(AMD64), "--target=" + repository + "=v1")).isEqualTo(1);

        assertThat(result().at("/failure/class").asText()).isEqualTo("ChildMissing");
        assertThat(result().at("/failure/message").asText()).startsWith("Leg linux/amd64 cannot be merged");
    }

    @Test
    void aWrongArgumentIsFinal() throws IOException {
        assertThat(merge("--source=linux/amd64=nowhere", "--target=" + repository + "=v1"))
                .isEqualTo(1);

        assertThat(result().at("/failure/class").asText()).isEqualTo("Invalid");
    }

    @Test
    @Timeout(30)
    void aRegistryThatIsDownIsWorthARetry() throws IOException {
        var nobody = "127.0.0.1:" + freePort();
        var source =
                "--source=linux/amd64=%s/a@%s".formatted(nobody, AMD64.root().digest());

        assertThat(merge(source, "--target=" + repository + "=v1", "--plain-http=" + nobody))
                .isEqualTo(2);

        assertThat(result().path("failure").toString())
                .contains("\"Unavailable\"", "in '%s/a': nothing answers at its address.".formatted(nobody));
    }

    @Test
    void inspectShowsPlatformsAndWhatIsAttested() {
        real.push(AMD64, repository);
        real.push(ARM64, repository);
        merge(source(AMD64), source(ARM64), "--target=" + repository + "=v1");

        assertThat(inspect(repository + ":v1")).isZero();

        assertThat(out.toString().lines().skip(4))
                .containsExactly(
                        "PLATFORM          MANIFEST                                                                       SIZE  ATTESTATIONS",
                        "linux/amd64       %s     0.1 KiB  https://slsa.dev/provenance/v1"
                                .formatted(AMD64.manifest().digest()),
                        "linux/arm64       %s     0.1 KiB  none"
                                .formatted(ARM64.manifest().digest()));
    }

    @Test
    void inspectAsJson() throws IOException {
        real.push(AMD64, repository);

        assertThat(inspect(repository + "@" + AMD64.root().digest(), "-o", "json"))
                .isZero();

        var shown = new ObjectMapper().readTree(out.toString());
        assertThat(shown.path("digest").asText())
                .isEqualTo(AMD64.root().digest().value());
        assertThat(shown.at("/platforms/0/attestations/0/digest").asText())
                .isEqualTo(AMD64.attestation().digest().value());
    }

    @Test
    void inspectSaysWhatIsNotThere() {
        assertThat(inspect(repository.toString())).isEqualTo(1);

        assertThat(err)
                .hasToString(
                        "Cannot pull manifest latest in '%s': there is none. Check the repository and the tag or digest.%n"
                                .formatted(repository));
    }

    private int merge(String... arguments) {
        return new CommandLine(new MergeCommand())
                .execute(with(arguments, "--plain-http=" + real.host(), "--result=" + folder.resolve("result")));
    }

    private int inspect(String... arguments) {
        return new CommandLine(new InspectCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(with(arguments, "--plain-http=" + real.host()));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private String source(TinyImage image) {
        return "--source=%s=%s@%s"
                .formatted(image.platform(), repository, image.root().digest());
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("result").toFile());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
