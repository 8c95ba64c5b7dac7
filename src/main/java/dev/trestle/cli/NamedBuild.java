package dev.trestle.cli;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Schema;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The build that a command is about. */
@Command
final class NamedBuild {
    @Parameters(
            index = "0",
            paramLabel = "BUILD",
            description = "Name of a BackendBuild; that of a base's own is '<base>-base'.")
    String name = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** The action on the build once it is found. */
    interface Use {
        void of(Resource<BackendBuild> resource, BackendBuild build);
    }

    /** @return the exit code: 1 when there is no such build, or the cluster does not do it; that is told */
    int find(Use use) {
        if (!name.matches(Schema.LABEL)) {
            return failed("'%s' is no build's name; it %s.".formatted(name, Schema.MESSAGES.get(Schema.LABEL)));
        }
        try (var client = cluster.client()) {
            return find(client, cluster.namespace(client), use);
        } catch (KubernetesClientException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private int find(KubernetesClient client, String namespace, Use use) {
        try {
            var resource =
                    client.resources(BackendBuild.class).inNamespace(namespace).withName(name);
            var build = resource.get();
            if (build == null) {
                return failed(notFound(client, namespace));
            }
            use.of(resource, build);
            out().flush();
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
        var names = builds.stream().map(other -> other.getMetadata().getName()).toList();
        var near = NearNames.quoted(names, name);
        return "Namespace '%s' has no BackendBuild '%s'. %s"
                .formatted(
                        namespace,
                        name,
                        near.isEmpty()
                                ? "It has no build at all; name another namespace with '-n'."
                                : "There are %s.".formatted(near));
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** @return exit code 1 */
    int failed(String message) {
        var err = command.commandLine().getErr();
        err.println("trestle %s: %s".formatted(command.name(), message));
        err.flush();
        return 1;
    }
}
