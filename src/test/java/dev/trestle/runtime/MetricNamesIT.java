package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own tool has nothing to say about names and help of the operator's meters, and of the libraries' beside them. */
class MetricNamesIT {
    /** Of the JVM's binders: their names are those that dashboards know. */
    private static final List<String> KEPT = List.of("jvm_", "process_", "system_");

    @TempDir
    Path folder = Path.of("");

    @Test
    void promtoolFindsNoFault() throws Exception {
        var registry = LibraryMeters.registry();
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new Meters(registry).countLegs(Stream::empty);
        new BaseMeters(registry, Stream::empty, Stream::empty).refresh();
        new BuildMeters(registry, Stream::empty).refresh();
        registry.counter("reconciliations.started.total", "controller.name", "a")
                .increment();
        registry.counter("events.received", "event", "a", "action", "b").increment();
        Gauge.builder("custom_resources", () -> 1).tag("controller.name", "a").register(registry);
        Gauge.builder("reconciliations.queue", () -> 1)
                .tag("controller.name", "a")
                .register(registry);
        Timer.builder("reconciliations.execution.duration")
                .publishPercentileHistogram()
                .register(registry)
                .record(Duration.ofMillis(5));
        var scraped = Files.writeString(folder.resolve("metrics"), registry.scrape());

        var process = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(scraped.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines()
                        .filter(line -> !line.isBlank())
                        .filter(line -> KEPT.stream().noneMatch(line::startsWith)))
                .isEmpty();
    }
}
