package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Deletes the very object that was decided on: its successor may have its name. */
final class Deletion {
    private Deletion() {}

    /** The outcome. */
    enum Result {
        Gone,
        /** It is there, in another version than the decision is about. */
        Changed
    }

    /** Unless it has changed since. */
    static Result ofUnchanged(HasMetadata seen, KubernetesClient client) {
        return result(() -> client.resource(seen)
                .lockResourceVersion(seen.getMetadata().getResourceVersion())
                .delete());
    }

    /** In any version that its node has reported since. The client's own delete takes no UID. */
    static Result ofPod(Pod seen, KubernetesClient client) {
        var metadata = seen.getMetadata();
        var path = "/api/v1/namespaces/%s/pods/%s".formatted(metadata.getNamespace(), metadata.getName());
        var sameUid = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(metadata.getUid())
                .endPreconditions()
                .build();
        return result(() -> client.raw(path, "DELETE", sameUid));
    }

    private static Result result(Runnable delete) {
        try {
            delete.run();
            return Result.Gone;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> Result.Gone;
                case HttpURLConnection.HTTP_CONFLICT -> Result.Changed;
                default -> throw e;
            };
        }
    }
}
