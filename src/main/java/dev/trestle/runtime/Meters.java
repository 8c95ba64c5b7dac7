package dev.trestle.runtime;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.api.PublishedImage;
import dev.trestle.controller.Passes;
import dev.trestle.core.Labels;
import dev.trestle.core.observe.LegTimes;
import dev.trestle.core.plan.Snapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own meters; docs/metrics.md lists them. Histograms carry no name of an object, so their number does not grow with
 * the number of builds.
 */
public final class Meters {
    private static final List<String> CONTROLLERS = List.of("backendbuild", "baseimage", "manifestmerge", "callback");
    private static final Duration[] WAITS = seconds(1, 5, 15, 60, 300, 900, 3600, 4 * 3600);
    private static final Duration[] BUILDS = seconds(5, 15, 30, 60, 300, 900, 1800, 3600, 2 * 3600, 6 * 3600);
    private static final Duration[] LAGS = seconds(1, 2, 5, 10, 30, 60, 300);

    private final MeterRegistry registry;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Gauges over all builds as they are cached: how many legs are in each state. */
    public void countLegs(Supplier<Stream<BackendBuild>> builds) {
        for (var state : LegState.values()) {
            Gauge.builder("trestle.legs", () -> legsIn(state, builds.get()))
                    .description("Legs by state.")
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    /** The age of the oldest pass that is under way, and how many have broken by an error of the operator itself. */
    void watch(Passes passes) {
        CONTROLLERS.forEach(this::brokenPasses); // one that never broke is 0, not absent
        Gauge.builder("trestle.longest.pass.seconds", passes, PassWatch::longestSeconds)
                .description("Age of the oldest reconcile pass that is under way.")
                .register(registry);
    }

    /** Whether each namespace that is to be watched can be read. */
    void watch(Set<String> namespaces, NamespaceWatch watch) {
        for (var namespace : namespaces) {
            Gauge.builder("trestle.namespace.unreadable", () -> watch.isReadable(namespace) ? 0 : 1)
                    .description("1 while the operator may not read a namespace that it is to watch, else 0.")
                    .tag("namespace", namespace)
                    .register(registry);
        }
    }

    /** Counts a pass that ended with an error of the operator itself. */
    void passBroken(String controller) {
        brokenPasses(controller).increment();
    }

    /** Counts an object that an informer's callback failed on. */
    void callbackBroken() {
        brokenPasses("callback").increment();
    }

    private Counter brokenPasses(String controller) {
        return Counter.builder("trestle.broken.passes")
                .description("Passes and event callbacks that ended with an error of the operator itself.")
                .tag("controller", controller)
                .register(registry);
    }

    /** Takes the times of each leg and merge that has ended since the last pass. */
    public void passed(Snapshot before, BackendBuildStatus after) {
        after.legs().stream()
                .filter(leg -> isNew(leg, before.statusOf(leg.platform()), LegStatus::built))
                .forEach(leg -> legEnded(before, leg, "succeeded"));
        after.legs().stream()
                .filter(leg -> isNew(leg, before.statusOf(leg.platform()), LegStatus::failure))
                .forEach(leg -> legEnded(before, leg, "failed"));
        Optional.ofNullable(after.image())
                .filter(image -> !Objects.equals(digestOf(before.status()), image.digest()))
                .ifPresent(image -> published(image, after));
    }

    private void legEnded(Snapshot before, LegStatus leg, String result) {
        before.pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(leg.pod()))
                .findFirst()
                .ifPresent(pod -> {
                    var pool = pod.getMetadata().getLabels().getOrDefault(Labels.POOL, "");
                    LegTimes.of(pod).ifPresent(times -> record(times, pool, leg.platform(), result));
                });
    }

    private void record(LegTimes times, String pool, String platform, String result) {
        timer(
                        "trestle.leg.queue.wait",
                        "From a leg's pod being created to its build container's start.",
                        WAITS,
                        Tags.of("pool", pool, "platform", platform))
                .record(times.queueWait());
        timer(
                        "trestle.leg.build",
                        "From a build container's start to its end.",
                        BUILDS,
                        Tags.of("pool", pool, "platform", platform, "result", result))
                .record(times.build());
    }

    private void published(PublishedImage image, BackendBuildStatus after) {
        after.legs().stream()
                .map(LegStatus::built)
                .filter(Objects::nonNull)
                .map(BuiltLeg::finishedAt)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .map(last -> Duration.between(last, Instant.parse(image.publishedAt())))
                .filter(lag -> !lag.isNegative())
                .ifPresent(lag -> timer(
                                "trestle.merge.lag",
                                "From the last leg's end to the tags being set.",
                                LAGS,
                                Tags.empty())
                        .record(lag));
    }

    private Timer timer(String name, String description, Duration[] buckets, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static <T> boolean isNew(LegStatus now, Optional<LegStatus> before, Function<LegStatus, @Nullable T> part) {
        var value = part.apply(now);
        return value != null && !Objects.equals(value, before.map(part).orElse(null));
    }

    private static @Nullable String digestOf(BackendBuildStatus status) {
        return status.image() == null ? null : status.image().digest();
    }

    private static long legsIn(LegState state, Stream<BackendBuild> builds) {
        return builds.map(BackendBuild::getStatus)
                .filter(Objects::nonNull)
                .flatMap(status -> status.legs().stream())
                .filter(leg -> leg.state() == state)
                .count();
    }

    private static Duration[] seconds(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }
}
