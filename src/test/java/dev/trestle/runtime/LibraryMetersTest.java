package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every metric says in its name whose it is, and has help. */
class LibraryMetersTest {

    /** The names are the constants of the SDK's own class, so a new one fails here until it has help. */
    static Stream<String> namesOfTheSdk() {
        return Stream.concat(
                Stream.of("events.received"),
                Stream.of(MicrometerMetricsV2.class.getFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                        .map(field -> {
                            try {
                                return String.valueOf(field.get(null));
                            } catch (IllegalAccessException e) {
                                throw new AssertionError(e);
                            }
                        })
                        .filter(name -> !name.equals(MicrometerMetricsV2.TOTAL_SUFFIX)));
    }

    @ParameterizedTest
    @MethodSource("namesOfTheSdk")
    void metersOfTheSdkHaveAPrefixAndHelp(String name) {
        var registry = LibraryMeters.registry();
        registry.counter(name, "controller.name", "backendbuildreconciler").increment();

        assertThat(registry.scrape().lines().filter(line -> line.startsWith("trestle_")))
                .isNotEmpty();
        assertThat(registry.scrape())
                .contains("# HELP trestle_")
                .contains("controller_name=\"backendbuildreconciler\"")
                .doesNotContain("A meter of the operator SDK.");
    }

    @Test
    void otherMetersKeepTheirNames() {
        var registry = LibraryMeters.registry();
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        registry.counter("trestle.webhook.requests").increment();

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .allMatch(name -> name.matches("(jvm|process|system|trestle)\\..*"))
                .contains("jvm.memory.used", "trestle.webhook.requests");
        assertThat(registry.getMeters())
                .filteredOn(meter -> !meter.getId().getName().startsWith("trestle."))
                .extracting(Meter::getId)
                .extracting(Meter.Id::getDescription)
                .doesNotContainNull();
    }
}
