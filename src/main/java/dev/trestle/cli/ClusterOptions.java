package dev.trestle.cli;

import dev.trestle.runtime.ApiServerJson;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and namespace a command speaks of: as kubectl has it, by the user's kubeconfig. */
final class ClusterOptions {
    private static final int CONNECT_MILLISECONDS = 5_000;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Default: the one of the kubeconfig's context.")
    @Nullable
    String namespace;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context of the kubeconfig. Default: the current one.")
    @Nullable
    String context;

    /** A person waits for the answer: a failure is reported and not tried again. */
    KubernetesClient client() {
        var config = Config.autoConfigure(context);
        if (context != null
                && config.getContexts().stream()
                        .noneMatch(known -> known.getName().equals(context))) {
            throw new KubernetesClientException(
                    "The kubeconfig has no context '%s'. See: kubectl config get-contexts".formatted(context));
        }
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout(CONNECT_MILLISECONDS);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(ApiServerJson.serialization())
                .build();
    }

    String namespace(KubernetesClient client) {
        return namespace != null ? namespace : Objects.requireNonNullElse(client.getNamespace(), "default");
    }

    /** An error, and the way out. */
    static String told(KubernetesClient client, KubernetesClientException failure) {
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "The cluster '%s' has no BackendBuilds: Trestle's CRDs are not installed there. Install them, or choose another cluster with '--context'."
                        .formatted(client.getMasterUrl());
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                "The cluster '%s' refuses: %s".formatted(client.getMasterUrl(), failure.getMessage());
            default ->
                "The cluster '%s' does not answer: %s. Choose another with '--context' or KUBECONFIG."
                        .formatted(client.getMasterUrl(), innermost(failure));
        };
    }

    private static String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElseGet(cause.getMessage(), cause::toString);
    }
}
