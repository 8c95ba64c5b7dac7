package dev.trestle.runtime;

import dev.trestle.controller.Stores;
import dev.trestle.controller.Trim;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Set;

/**
 * How each reconciler is run: it never gives up on an error, and its attempts are at most five minutes apart.
 *
 * @param followed namespaces; empty for all
 */
record ReconcilerSettings(Stores stores, Set<String> followed) {
    /** The second net under lost events; a pass without news costs no request. */
    private static final Duration FAILSAFE = Duration.ofMinutes(5);

    <R extends HasMetadata> void applyTo(ControllerConfigurationOverrider<R> overrider) {
        overrider
                .withItemStore(stores.trimming(Trim::managedFields))
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setIntervalMultiplier(1.5)
                        .setMaxInterval(FAILSAFE.toMillis()))
                .withReconciliationMaxInterval(FAILSAFE);
        if (followed.isEmpty()) {
            overrider.watchingAllNamespaces();
        } else {
            overrider.settingNamespaces(followed);
        }
    }
}
