package dev.trestle.cli;

import dev.trestle.dockerfile.DockerfileProgram;
import dev.trestle.outward.EnvironmentProxies;
import dev.trestle.runtime.ApiServerJson;
import dev.trestle.runtime.ConfigurationFile;
import dev.trestle.runtime.OperatorRuntime;
import dev.trestle.runtime.Settings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trestle operator}: runs until it is told to stop. */
@Command(
        name = "operator",
        description = "Runs the operator. The cluster is the one of the pod's service account, or of KUBECONFIG.",
        mixinStandardHelpOptions = true)
final class OperatorCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "/etc/trestle/config.yaml",
            description =
                    "Configuration: images, registries, pools. Read again when it changes. Default: ${DEFAULT-VALUE}")
    private Path configuration = Path.of("/etc/trestle/config.yaml");

    @Option(
            names = "--namespaces",
            split = ",",
            paramLabel = "NAMESPACE",
            defaultValue = "${env:TRESTLE_NAMESPACES}",
            description = "Namespaces to watch. Default: TRESTLE_NAMESPACES, else all.")
    private List<String> namespaces = List.of();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of /healthz, /readyz and /metrics. Default: ${DEFAULT-VALUE}")
    private int port = 8080;

    @Option(
            names = "--webhook-port",
            defaultValue = "8081",
            description = "Port of /webhook, where git servers tell of pushes. Default: ${DEFAULT-VALUE}")
    private int webhookPort = 8081;

    @Option(
            names = "--webhook-secrets",
            paramLabel = "FOLDER",
            defaultValue = "/etc/trestle-webhook",
            description =
                    "Folder of files with a secret each that webhooks are signed with. Without any, there is no /webhook. Default: ${DEFAULT-VALUE}")
    private Path webhookSecrets = Path.of("/etc/trestle-webhook");

    @Option(
            names = "--docker-config",
            paramLabel = "FOLDER",
            defaultValue = "${env:DOCKER_CONFIG:-/etc/trestle/docker}",
            description =
                    "Folder of a config.json with credentials for the images that bases are built FROM; it need not exist. Default: DOCKER_CONFIG.")
    private Path dockerConfig = Path.of("/etc/trestle/docker");

    @Option(
            names = "--mirrors",
            paramLabel = "FOLDER",
            defaultValue = "${sys:java.io.tmpdir}/trestle-mirrors",
            description =
                    "Folder for what is kept of git repositories: folder listings and Dockerfiles. It may be empty at each start. Default: ${DEFAULT-VALUE}.")
    private Path mirrors = Path.of("trestle-mirrors");

    @Option(
            names = "--dockerfile-reader",
            paramLabel = "PROGRAM",
            defaultValue = "${env:TRESTLE_DOCKERFILE_READER:-trestle-dockerfile}",
            description =
                    "The program that reads Dockerfiles. Default: TRESTLE_DOCKERFILE_READER, else 'trestle-dockerfile' in the PATH.")
    private Path dockerfileReader = Path.of("trestle-dockerfile");

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "${env:HOSTNAME:-trestle}",
            description = "This operator's name in events. Default: HOSTNAME.")
    private String instance = "trestle";

    @Override
    public Integer call() throws IOException, InterruptedException {
        var watched = new HashSet<>(namespaces);
        watched.removeIf(String::isBlank);
        try (var client = new KubernetesClientBuilder()
                        .withConfig(withoutProxy())
                        .withKubernetesSerialization(ApiServerJson.serialization())
                        .build();
                var runtime = new OperatorRuntime(settings(watched, proxies(client)), client, Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(runtime::close));
            new CountDownLatch(1).await();
            return 0;
        } catch (ConfigurationFile.Invalid e) {
            System.err.printf("trestle operator: '%s' is refused: %s%n", configuration, e.getMessage());
            return 2;
        } catch (DockerfileProgram.Unusable | IllegalArgumentException e) {
            System.err.printf("trestle operator: %s%n", e.getMessage());
            return 2;
        }
    }

    private Settings settings(Set<String> watched, EnvironmentProxies proxies) {
        return new Settings(
                configuration,
                watched,
                port,
                webhookPort,
                webhookSecrets,
                dockerConfig,
                mirrors,
                dockerfileReader,
                proxies.hosts().collect(Collectors.toSet()),
                instance);
    }

    /** The client of the API server reads the variables of proxies, and these are for hosts outside of the cluster. */
    private static Config withoutProxy() {
        var config = Config.autoConfigure(null);
        config.setHttpProxy(null);
        config.setHttpsProxy(null);
        return config;
    }

    /** Takes the variables for all of the JVM's requests but those to the API server. */
    private static EnvironmentProxies proxies(KubernetesClient client) {
        var proxies = EnvironmentProxies.of(
                System::getenv, URI.create(client.getMasterUrl().toString()), ProxySelector.getDefault());
        ProxySelector.setDefault(proxies);
        return proxies;
    }
}
