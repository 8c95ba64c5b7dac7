package dev.trestle.controller;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.plan.Action;
import dev.trestle.core.plan.Action.CancelLeg;
import dev.trestle.core.plan.Action.CreateBase;
import dev.trestle.core.plan.Action.DeleteBuild;
import dev.trestle.core.plan.Action.DeleteMerge;
import dev.trestle.core.plan.Action.ReplaceBase;
import dev.trestle.core.plan.Action.StartLeg;
import dev.trestle.core.plan.Action.StartMerge;
import dev.trestle.core.plan.Refusal;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out the decided writes, and reports the API server's refusals. It takes no decision. */
final class Apply {
    private static final int UNPROCESSABLE = 422;
    private static final PatchContext SPEC = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(SpecOrRequestChanges.FIELD_MANAGER)
            .build();

    private Apply() {}

    static List<Refusal> all(List<Action> actions, Context<BackendBuild> context) {
        var refusals = new ArrayList<Refusal>();
        for (var action : actions) {
            apply(action, context).ifPresent(message -> refusals.add(new Refusal(action, message)));
        }
        return refusals;
    }

    private static Optional<String> apply(Action action, Context<BackendBuild> context) {
        return switch (action) {
            case CreateBase(var base) -> create(base, context);
            case ReplaceBase(var base) -> replace(base, context);
            case StartLeg(var pod) -> create(pod, context);
            case StartMerge start -> startMerge(start, context);
            case CancelLeg(var pod) -> done(Deletion.ofPod(pod, context.getClient()));
            case DeleteMerge(var merge) -> done(Deletion.ofUnchanged(merge, context.getClient()));
            case DeleteBuild(var build) -> done(Deletion.ofUnchanged(build, context.getClient()));
        };
    }

    /** An object that is still there has sent an event that the next pass sees. */
    private static Optional<String> done(Deletion.Result result) {
        return switch (result) {
            case Gone, Changed -> Optional.empty();
        };
    }

    /**
     * Names are deterministic: an object that is there already was made by an earlier pass, or by another operator. When it is another
     * owner's, no event of it comes.
     *
     * @return the API server's words, when it refuses this object; any other trouble is thrown, and the pass is repeated
     */
    static <R extends HasMetadata, P extends HasMetadata> Optional<String> create(R resource, Context<P> context) {
        try {
            context.resourceOperations().create(resource);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_CONFLICT ? taken(resource, context) : refused(resource, e);
        }
    }

    /** By a list of one: the operator may list such objects, and get none of them. */
    private static Optional<String> taken(HasMetadata wanted, Context<?> context) {
        var name = wanted.getMetadata().getName();
        return context
                .getClient()
                .genericKubernetesResources(wanted.getApiVersion(), wanted.getKind())
                .inNamespace(wanted.getMetadata().getNamespace())
                .withField("metadata.name", name)
                .list()
                .getItems()
                .stream()
                .filter(found -> Owner.isOfAnother(wanted, found))
                .findFirst()
                .map(_ ->
                        "%s '%s' is there already and does not belong to this object: delete it, or give this object another name."
                                .formatted(wanted.getKind(), name));
    }

    /** Server-side apply of all that the operator says of this object. */
    static <R extends HasMetadata> Optional<String> apply(R resource, Context<?> context) {
        return unlessRefused(resource, () -> context.resourceOperations().serverSideApply(resource));
    }

    /** The spec as a whole, so that a field that another hand has set goes too: server-side apply would leave it. */
    static Optional<String> replaceSpec(BackendBuild seen, BackendBuild wanted, Context<?> context) {
        var patch = List.of(
                Map.of(
                        "op",
                        "replace",
                        "path",
                        "/metadata/resourceVersion",
                        "value",
                        seen.getMetadata().getResourceVersion()),
                Map.of("op", "replace", "path", "/spec", "value", wanted.getSpec()));
        var json = context.getClient().getKubernetesSerialization().asJson(patch);
        return unlessRefused(wanted, () -> context.getClient().resource(seen).patch(SPEC, json));
    }

    /** A Job that cannot be made now is made, or told of, by the merge's own pass. */
    private static Optional<String> startMerge(StartMerge start, Context<BackendBuild> context) {
        return unlessRefused(start.merge(), () -> {
            var created = context.resourceOperations().create(start.merge());
            var job = start.jobOf(created);
            var _ = unlessRefused(job, () -> context.getClient().resource(job).create());
        });
    }

    /** A concurrent change of the object, or of its owner, has sent an event: the next pass sees that. */
    private static Optional<String> unlessRefused(HasMetadata resource, Runnable write) {
        try {
            write.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return refused(resource, e);
        }
    }

    private static Optional<String> refused(HasMetadata resource, KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                Optional.of(refusal(resource, e));
            default -> throw e;
        };
    }

    /** Unless it has changed since. */
    static <R extends HasMetadata> Optional<String> replace(R resource, Context<?> context) {
        return unlessRefused(
                resource, () -> context.getClient().resource(resource).update());
    }

    private static String refusal(HasMetadata resource, KubernetesClientException e) {
        var answer = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        return "%s '%s' is refused: %s"
                .formatted(resource.getKind(), resource.getMetadata().getName(), answer);
    }
}
