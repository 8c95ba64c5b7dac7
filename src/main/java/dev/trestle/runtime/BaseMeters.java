package dev.trestle.runtime;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.core.status.BaseFigures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the alerts on bases; docs/metrics.md lists them. All are read from caches at each scrape, so a
 * restart loses nothing and a deleted base is gone.
 */
public final class BaseMeters {
    private final Supplier<Stream<BaseImage>> bases;
    private final Supplier<Stream<BackendBuild>> builds;
    private final MultiGauge builtAt;
    private final MultiGauge createdAt;
    private final MultiGauge maxAge;
    private final MultiGauge lastSuccess;
    private final MultiGauge failures;
    private final MultiGauge consumers;
    private final MultiGauge inputsStale;
    private final MultiGauge olderThanBase;

    /**
     * Gauges over all bases and builds.
     *
     * @param bases as they are cached
     * @param builds as they are cached
     */
    public BaseMeters(
            MeterRegistry registry, Supplier<Stream<BaseImage>> bases, Supplier<Stream<BackendBuild>> builds) {
        this.bases = bases;
        this.builds = builds;
        builtAt = seconds("trestle.base.built.timestamp", "When the oldest leg of the base was built.", registry);
        createdAt = seconds(
                "trestle.base.created.timestamp", "When the base was created, while it has no image.", registry);
        maxAge = seconds("trestle.base.max.age", "Age after which the base is stale.", registry);
        lastSuccess = seconds("trestle.base.last.success.timestamp", "When the base was last published.", registry);
        failures = gauge(
                "trestle.base.failures.in.a.row", "Builds of the base that failed since the last good one.", registry);
        consumers = gauge("trestle.base.consumers", "Builds that are made on the base.", registry);
        inputsStale = gauge("trestle.base.inputs.stale", "1 when what the base is made of has moved since.", registry);
        olderThanBase = gauge(
                "trestle.build.older.than.base",
                "1 when the base has a newer image than the build was made on.",
                registry);
    }

    /** To be called before each scrape. */
    public void refresh() {
        var all = bases.get().toList();
        register(builtAt, all, base -> instant(status(base).builtAt()));
        register(createdAt, all, BaseMeters::createdWithoutImage);
        register(maxAge, all, base -> Optional.ofNullable(base.getSpec().maxAgeSeconds()));
        register(
                lastSuccess,
                all,
                base -> Optional.ofNullable(status(base).image()).flatMap(image -> instant(image.publishedAt())));
        register(failures, all, base -> Optional.of(orZero(status(base).failuresInARow())));
        register(consumers, all, base -> Optional.of(orZero(status(base).consumers())));
        register(inputsStale, all, base -> Optional.of(BaseFigures.hasMovedInputs(base) ? 1 : 0));
        olderThanBase.register(olderThanBase(all), true);
    }

    /** The age of a base that was never built counts from its creation. */
    private static Optional<Long> createdWithoutImage(BaseImage base) {
        return status(base).builtAt() == null ? instant(base.getMetadata().getCreationTimestamp()) : Optional.empty();
    }

    private List<Row<?>> olderThanBase(List<BaseImage> all) {
        return builds.get()
                .flatMap(build -> BaseFigures.isOlderThanBase(build, all).stream()
                        .<Row<?>>map(older -> Row.of(
                                Tags.of(
                                        "namespace", build.getMetadata().getNamespace(),
                                        "build", build.getMetadata().getName(),
                                        "base",
                                                Objects.requireNonNull(
                                                                build.getSpec().base())
                                                        .name()),
                                older ? 1 : 0)))
                .toList();
    }

    private static void register(
            MultiGauge gauge, List<BaseImage> bases, Function<BaseImage, Optional<? extends Number>> value) {
        gauge.register(
                bases.stream()
                        .flatMap(base -> value.apply(base).stream().<Row<?>>map(number -> Row.of(tags(base), number)))
                        .toList(),
                true);
    }

    private static Tags tags(BaseImage base) {
        return Tags.of(
                "namespace", base.getMetadata().getNamespace(),
                "base", base.getMetadata().getName());
    }

    private static BaseImageStatus status(BaseImage base) {
        return Objects.requireNonNullElseGet(base.getStatus(), BaseImageStatus::unseen);
    }

    private static Optional<Long> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse).map(Instant::getEpochSecond);
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static MultiGauge seconds(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
