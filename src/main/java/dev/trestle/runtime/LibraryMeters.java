package dev.trestle.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;

/**
 * Puts {@code trestle_} before the meters of the operator SDK, which have common names such as {@code custom_resources} and no help. The
 * JVM's and the process's keep the names by which dashboards of every Java program find them.
 */
final class LibraryMeters implements MeterFilter {
    private static final String PREFIX = "trestle.";
    private static final List<String> KEPT = List.of(PREFIX, "jvm.", "process.", "system.");
    private static final String UNKNOWN = "A meter of the operator SDK.";
    /** In JOSDK 5.3.2, MicrometerMetricsV2. */
    private static final Map<String, String> HELP = Map.of(
            "custom_resources", "Objects of a kind in the operator's cache.",
            "events.received", "Events of watched objects.",
            "reconciliations.active", "Reconciliations that run.",
            "reconciliations.queue", "Objects that wait for a reconciliation.",
            "reconciliations.started.total", "Reconciliations that were started.",
            "reconciliations.success.total", "Reconciliations that ended without an error.",
            "reconciliations.failure.total", "Reconciliations that ended with an error.",
            "reconciliations.retries.total", "Reconciliations that were retried after an error.",
            "reconciliations.execution.duration", "Time that a reconciliation took.");

    /** A registry whose meters all have a prefix and help. */
    static PrometheusMeterRegistry registry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new LibraryMeters());
        return registry;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (KEPT.stream().anyMatch(id.getName()::startsWith)) {
            return id;
        }
        return new Meter.Id(
                PREFIX + id.getName().replace('_', '.'),
                Tags.of(id.getTags()),
                id.getBaseUnit(),
                HELP.getOrDefault(id.getName(), UNKNOWN),
                id.getType());
    }
}
