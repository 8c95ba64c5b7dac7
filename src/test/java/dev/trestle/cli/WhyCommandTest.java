package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people read of a build: its statuses are the golden ones, as the operator writes them. */
@EnableKubernetesMockClient(crud = true, https = false)
class WhyCommandTest {
    private static final String KUBECONFIG = "kubeconfig";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Nullable
    KubernetesClient client;

    @TempDir
    Path folder = Path.of("");

    private final @Nullable String before = System.getProperty(KUBECONFIG);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(KUBECONFIG);
        } else {
            System.setProperty(KUBECONFIG, before);
        }
    }

    @Test
    void whatALegWaitsFor() throws IOException {
        apply("04-waits-for-its-base");

        assertThat(why("cart", "-n", "shop")).isZero();

        assertThat(out.toString())
                .contains(
                        "BackendBuild shop/cart",
                        "  Ready Unknown, BaseNotFound: BaseImage 'go' does not exist",
                        "Leg linux/amd64: Waiting",
                        "  waits  BaseImage 'go' does not exist",
                        "More: kubectl -n shop describe backendbuild cart");
    }

    @Test
    void whichInputsMovedAndWhatIsStillPublished() throws IOException {
        apply("26-new-commit-while-published");

        assertThat(why("cart", "-n", "shop")).isZero();

        assertThat(out.toString())
                .contains(
                        "of a1a1a1a1a1a1, published",
                        "Run of b2b2b2b2b2b2, begun 2026-11-21T12:00:00Z, under way",
                        "Leg linux/arm64: Queued",
                        "  why    Source " + "a1".repeat(6) + " -> " + "b2".repeat(6),
                        ", of older inputs");
    }

    @Test
    void aNameThatNoBuildHasIsToldAsSuch() {
        assertThat(why("a b", "-n", "shop")).isEqualTo(1);

        assertThat(err.toString()).contains("'a b' is no build's name; it must be a name of lower case letters");
    }

    @Test
    void howALegFailedAndWhereItsLogIs() throws IOException {
        apply("14-leg-failed");

        assertThat(why("cart", "-n", "shop")).isZero();

        assertThat(out.toString())
                .contains(
                        "Leg linux/amd64: Failed",
                        "  failed StepFailed (User) in 'RUN make' (Dockerfile:31): The step ended with exit code 2.",
                        "         | cc: no such file: cart.c",
                        "  log    kubectl -n shop logs cart-amd64-adfaa0-1 -c build");
    }

    @Test
    void aBuildThatNobodyHasLookedAtYet() throws IOException {
        var build = golden("14-leg-failed");
        build.setStatus(null);
        client().resource(build).create();
        choose(client().getMasterUrl().toString());

        assertThat(why("cart", "-n", "shop")).isZero();

        assertThat(out.toString()).contains("The operator has not looked at it yet.");
    }

    @Test
    void ofAnUnknownBuildTheNearOnesAreNamed() throws IOException {
        for (var name : new String[] {"cpu-vllm", "gpu-whisper", "cpu-whisper"}) {
            var build = golden("14-leg-failed");
            build.setMetadata(
                    new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
            client().resource(build).create();
        }
        choose(client().getMasterUrl().toString());

        assertThat(why("cpu-wisper-whisper", "-n", "shop")).isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "Namespace 'shop' has no BackendBuild 'cpu-wisper-whisper'. There are 'cpu-whisper', 'cpu-vllm', 'gpu-whisper'.");
    }

    @Test
    void aClusterThatDoesNotAnswer() throws IOException {
        try (var port = new ServerSocket(0)) {
            choose("http://127.0.0.1:" + port.getLocalPort());
        }
        assertThat(why("cart")).isEqualTo(1);
        assertThat(err.toString()).contains("trestle why: The cluster 'http://127.0.0.1:", "does not answer");
    }

    @Test
    void aContextThatTheKubeconfigDoesNotHave() throws IOException {
        choose(client().getMasterUrl().toString());

        assertThat(why("cart", "--context", "nope")).isEqualTo(1);
        assertThat(err.toString()).contains("The kubeconfig has no context 'nope'");
    }

    @Test
    void aClusterWithoutTheCrds() {
        var unknown = new KubernetesClientException("Not Found", HttpURLConnection.HTTP_NOT_FOUND, null);

        assertThat(ClusterOptions.told(client(), unknown)).contains("Trestle's CRDs are not installed there.");
    }

    private int why(String... arguments) {
        return new CommandLine(new WhyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void apply(String golden) throws IOException {
        client().resource(golden(golden)).create();
        choose(client().getMasterUrl().toString());
    }

    private void choose(String server) throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: shop}}]
                current-context: test
                """.formatted(server));
        System.setProperty(KUBECONFIG, kubeconfig.toString());
    }

    private static BackendBuild golden(String name) throws IOException {
        var golden = Path.of("src/test/resources/golden", name);
        var build = YAML.readValue(golden.resolve("in-BackendBuild.yaml").toFile(), BackendBuild.class);
        build.setStatus(YAML.readValue(golden.resolve("out-status.yaml").toFile(), BackendBuildStatus.class));
        return build;
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(client);
    }
}
