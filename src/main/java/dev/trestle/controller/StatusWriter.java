package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that writes a status: one write a pass, none if equal.
 *
 * <p>The operator SDK up to 5.3.2 drops the event of a spec change that lands between its read and our write (java-operator-sdk#3398,
 * reworked in 5.3.5): plain {@code UpdateControl.patchStatus} then leaves the change unseen for hours. The answer to our write tells the
 * generation that the server has, so a pass that finds itself outrun asks for another at once.
 */
final class StatusWriter {
    private StatusWriter() {}

    /**
     * Writes {@code next} unless the status is so already.
     *
     * @param fresh makes an empty object of the kind; server-side apply must send nothing but what it owns
     * @param wakeAt when to look again although nothing has happened
     */
    static <S, R extends CustomResource<?, S>> UpdateControl<R> write(
            R seen, @Nullable S next, Supplier<R> fresh, Context<R> context, Optional<Instant> wakeAt, Instant now) {
        if (!Objects.equals(seen.getStatus(), next)) {
            var patch = fresh.get();
            patch.setMetadata(new ObjectMetaBuilder()
                    .withName(seen.getMetadata().getName())
                    .withNamespace(seen.getMetadata().getNamespace())
                    .build());
            patch.setStatus(next);
            var stored = stored(patch, context);
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
    private static <R extends CustomResource<?, ?>> Optional<R> stored(R patch, Context<R> context) {
        try {
            return Optional.of(context.resourceOperations().serverSideApplyPrimaryStatus(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
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
