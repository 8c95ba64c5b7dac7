package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The one place that writes a status: one write a pass, none if equal. A status is written whole, over any other writer's: by
 * server-side apply, another writer's fields would stay, taken for true, or make the whole invalid for ever.
 *
 * <p>The operator SDK up to 5.3.2 drops the event of a spec change that lands between its read and our write (java-operator-sdk#3398,
 * reworked in 5.3.5): plain {@code UpdateControl.patchStatus} then leaves the change unseen for hours. The answer to our write tells the
 * generation that the server has, so a pass that finds itself outrun asks for another at once.
 */
final class StatusWriter {
    private static final PatchContext WHOLE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(SpecOrRequestChanges.FIELD_MANAGER)
            .build();

    private StatusWriter() {}

    /**
     * Writes {@code next} unless the status is so already.
     *
     * @param wakeAt when to look again although nothing has happened
     */
    static <S, R extends CustomResource<?, S>> UpdateControl<R> write(
            R seen, S next, Context<R> context, Optional<Instant> wakeAt, Instant now) {
        if (!Objects.equals(seen.getStatus(), next)) {
            var stored = stored(seen, next, context);
            if (stored.isEmpty()) {
                return UpdateControl.noUpdate();
            }
            if (isOutrun(seen, stored.get())) {
                return UpdateControl.<R>noUpdate().rescheduleAfter(Duration.ZERO);
            }
        }
        return lookAgain(wakeAt, now);
    }

    static <R extends HasMetadata> UpdateControl<R> lookAgain(Optional<Instant> at, Instant now) {
        return at.map(instant ->
                        UpdateControl.<R>noUpdate().rescheduleAfter(atLeastOneMilli(Duration.between(now, instant))))
                .orElseGet(UpdateControl::noUpdate);
    }

    /** @return empty when the object has been deleted meanwhile */
    private static <S, R extends CustomResource<?, S>> Optional<R> stored(R seen, S next, Context<R> context) {
        try {
            return Optional.of(context.resourceOperations()
                    .resourcePatch(
                            seen,
                            object -> context.getClient()
                                    .resource(object)
                                    .subresource("status")
                                    .patch(WHOLE, replacement(next, context)),
                            context.eventSourceRetriever().getControllerEventSource()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** To add an existing member is to replace it, RFC 6902, section 4.1. */
    private static String replacement(Object status, Context<?> context) {
        var patch = List.of(Map.of("op", "add", "path", "/status", "value", status));
        return context.getClient().getKubernetesSerialization().asJson(patch);
    }

    static boolean isOutrun(HasMetadata seen, HasMetadata stored) {
        return !Objects.equals(
                        seen.getMetadata().getGeneration(), stored.getMetadata().getGeneration())
                || !SpecOrRequestChanges.requests(seen.getMetadata())
                        .equals(SpecOrRequestChanges.requests(stored.getMetadata()))
                || (stored.getMetadata().getDeletionTimestamp() != null
                        && seen.getMetadata().getDeletionTimestamp() == null);
    }

    private static Duration atLeastOneMilli(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : duration;
    }
}
