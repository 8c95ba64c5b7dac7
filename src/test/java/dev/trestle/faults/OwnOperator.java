package dev.trestle.faults;

import dev.trestle.dockerfile.ReaderProgram;
import dev.trestle.e2e.Command;
import dev.trestle.runtime.ApiServerJson;
import dev.trestle.runtime.OperatorRuntime;
import dev.trestle.runtime.Settings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

/**
 * An operator that runs in the test: with the configuration and the rights of the installed one, a clock of the test's choice, and a
 * {@link FaultProxy} between it and the API server.
 */
final class OwnOperator implements AutoCloseable {
    private static final String NAMESPACE = "trestle-system";
    private static final String NAME = "trestle";

    private final FaultProxy api;
    private final KubernetesClient client;
    private final OperatorRuntime runtime;

    private OwnOperator(FaultProxy api, KubernetesClient client, OperatorRuntime runtime) {
        this.api = api;
        this.client = client;
        this.runtime = runtime;
    }

    /** Takes the place of the installed one until the scene is over. */
    static OwnOperator instead(Scene scene, Clock clock) throws Exception {
        var installed = scene.cluster().operator();
        installed.stop();
        scene.atEnd(installed::start);
        return beside(scene, clock);
    }

    /** Works at the same time as the installed one, until the scene is over. */
    static OwnOperator beside(Scene scene, Clock clock) throws Exception {
        var own = start(scene, clock);
        scene.atEnd(own::close);
        return own;
    }

    private static OwnOperator start(Scene scene, Clock clock) throws Exception {
        var folder = Files.createDirectories(
                Path.of("target", "faults", scene.cluster().namespace()));
        var proxy = proxyTo(scene.cluster().client().getConfiguration());
        var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://" + proxy.address())
                        .withOauthToken(token())
                        .build())
                .withKubernetesSerialization(ApiServerJson.serialization())
                .build();
        var none = folder.resolve("none");
        var settings = new Settings(
                configuration(scene.cluster().client(), folder),
                Set.of(),
                0,
                0,
                none,
                none,
                folder.resolve("mirrors"),
                ReaderProgram.path(),
                Set.of(),
                "own");
        return new OwnOperator(proxy, client, new OperatorRuntime(settings, client, clock));
    }

    private static FaultProxy proxyTo(Config cluster) throws IOException, GeneralSecurityException {
        var server = URI.create(cluster.getMasterUrl());
        var onlyTrust = new ConfigBuilder(Config.empty())
                .withCaCertData(cluster.getCaCertData())
                .withCaCertFile(cluster.getCaCertFile())
                .build();
        var sockets = SSLUtils.sslContext(onlyTrust).getSocketFactory();
        return new FaultProxy(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> sockets.createSocket(server.getHost(), server.getPort()));
    }

    private static String token() throws IOException, InterruptedException {
        var made = Command.run("kubectl", "create", "token", NAME, "--namespace", NAMESPACE);
        if (made.exitCode() != 0) {
            throw new IOException("No token of the operator's service account: " + made.output());
        }
        return made.output();
    }

    private static Path configuration(KubernetesClient client, Path folder) throws IOException {
        var installed = client.configMaps()
                .inNamespace(NAMESPACE)
                .withName(NAME + "-config")
                .require();
        return Files.writeString(
                folder.resolve("config.yaml"),
                Objects.requireNonNull(installed.getData().get("config.yaml")));
    }

    /** What stands between it and the API server. */
    FaultProxy api() {
        return api;
    }

    @Override
    public void close() {
        api.passAll();
        runtime.close();
        client.close();
        api.close();
    }
}
