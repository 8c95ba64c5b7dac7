package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.plan.Action;
import dev.trestle.core.plan.Action.CancelLeg;
import dev.trestle.core.plan.Action.DeleteMerge;
import dev.trestle.core.plan.Action.StartLeg;
import dev.trestle.core.plan.Action.StartMerge;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.List;

/** Writes what was decided. It takes no decision. */
final class Apply {
    private Apply() {}

    static void all(List<Action> actions, Context<BackendBuild> context) {
        for (var action : actions) {
            switch (action) {
                case StartLeg(var pod) -> create(pod, context);
                case StartMerge(var merge) -> create(merge, context);
                case CancelLeg(var pod) -> delete(pod, context);
                case DeleteMerge(var merge) -> delete(merge, context);
            }
        }
    }

    /** Names are deterministic: an object that is there already was made by an earlier pass, or by another operator. */
    static <R extends HasMetadata, P extends HasMetadata> void create(R resource, Context<P> context) {
        try {
            context.resourceOperations().create(resource);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static void delete(HasMetadata resource, Context<BackendBuild> context) {
        context.getClient().resource(resource).delete();
    }
}
