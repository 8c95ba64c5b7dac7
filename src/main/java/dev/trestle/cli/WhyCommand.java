package dev.trestle.cli;

import dev.trestle.api.BackendBuild;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trestle why}: why a build's legs are, or were, built, and what they wait for. Exits with 1 when it cannot be told. */
@Command(
        name = "why",
        description =
                "Says why each leg of a build was built last: which inputs moved, old -> new; and what it waits for.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 5;

    @Parameters(paramLabel = "BUILD", description = "Name of a BackendBuild; that of a base's own is '<base>-base'.")
    private String build = "";

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
            var builds = client.resources(BackendBuild.class).inNamespace(namespace);
            var found = builds.withName(build).get();
            if (found == null) {
                return failed(notFound(client, namespace));
            }
            var out = spec.commandLine().getOut();
            WhyText.print(found, out);
            out.flush();
            return 0;
        } catch (KubernetesClientException e) {
            return failed(ClusterOptions.told(client, e));
        }
    }

    /** That a kind is missing is told only by a list. */
    private String notFound(KubernetesClient client, String namespace) {
        var builds = client.resources(BackendBuild.class)
                .inNamespace(namespace)
                .list()
                .getItems();
        var names = builds.stream()
                .map(other -> other.getMetadata().getName())
                .sorted(NearNames.to(build))
                .limit(MOST_NAMES)
                .map("'%s'"::formatted)
                .collect(Collectors.joining(", "));
        return "Namespace '%s' has no BackendBuild '%s'. %s"
                .formatted(
                        namespace,
                        build,
                        names.isEmpty()
                                ? "It has no build at all; name another namespace with '-n'."
                                : "There are %s.".formatted(names));
    }

    private int failed(String message) {
        var err = spec.commandLine().getErr();
        err.println("trestle why: " + message);
        err.flush();
        return 1;
    }
}
