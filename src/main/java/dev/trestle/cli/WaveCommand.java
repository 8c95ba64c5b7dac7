package dev.trestle.cli;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.admit.Wave;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trestle wave}: the rebuilds that follow a change of a base, and their progress. Exits with 1 when it cannot be told. */
@Command(
        name = "wave",
        description =
                "Says what is rebuilt when a base moves: which builds, how many legs in each pool, and how far a wave has got.",
        mixinStandardHelpOptions = true)
final class WaveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BASE", description = "Name of a BaseImage.")
    private String base = "";

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var client = cluster.client()) {
            return call(client, cluster.namespace(client));
        } catch (KubernetesClientException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private int call(KubernetesClient client, String namespace) {
        try {
            var bases = client.resources(BaseImage.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems();
            if (bases.stream().noneMatch(found -> found.getMetadata().getName().equals(base))) {
                return failed(notFound(bases, namespace));
            }
            var builds = client.resources(BackendBuild.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems();
            var pools = OperatorPools.of(client);
            print(Wave.of(base, builds, bases, pools), namespace, pools.isPresent());
            return 0;
        } catch (KubernetesClientException e) {
            return failed(ClusterOptions.told(client, e));
        }
    }

    private void print(Wave wave, String namespace, boolean poolsAreKnown) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(WaveText.json(wave, namespace));
        } else {
            WaveText.print(wave, namespace, poolsAreKnown, out);
        }
        out.flush();
    }

    private String notFound(List<BaseImage> bases, String namespace) {
        var names = bases.stream().map(found -> found.getMetadata().getName()).toList();
        var near = NearNames.quoted(names, base);
        return "Namespace '%s' has no BaseImage '%s'. %s"
                .formatted(
                        namespace,
                        base,
                        near.isEmpty()
                                ? "It has none; give the right one with '-n'."
                                : "There are: %s.".formatted(near));
    }

    private int failed(String message) {
        var err = spec.commandLine().getErr();
        err.println("trestle wave: " + message);
        err.flush();
        return 1;
    }
}
