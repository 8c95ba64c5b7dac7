package dev.trestle.runtime;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.status.FailingBuilds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which builds fail; docs/metrics.md lists it. A build that does not fail has no time series, so a healthy cluster has none. */
final class BuildMeters {
    private final Supplier<Stream<BackendBuild>> builds;
    private final MultiGauge failed;

    /** @param builds as they are cached */
    BuildMeters(MeterRegistry registry, Supplier<Stream<BackendBuild>> builds) {
        this.builds = builds;
        failed = MultiGauge.builder("trestle.build.failed")
                .description("1 while the last build failed or something holds the build back; absent otherwise.")
                .register(registry);
    }

    /** To be called before each scrape. */
    void refresh() {
        failed.register(
                FailingBuilds.of(builds.get()).stream()
                        .<Row<?>>map(build -> Row.of(
                                Tags.of(
                                        "namespace", build.getMetadata().getNamespace(),
                                        "build", build.getMetadata().getName()),
                                1))
                        .toList(),
                true);
    }
}
