package dev.trestle.core.admit;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.LegState;
import dev.trestle.api.LegStatus;
import dev.trestle.core.Labels;
import dev.trestle.core.admit.WaveLeg.State;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Pool;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.Gate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rebuilds that follow a change of one base: the builds that are made on it, and, where such a build makes a base itself, those that
 * are made on that one. It is an upper bound: a base whose new content is equal rebuilds none.
 *
 * @param paused bases of the wave whose annotation holds it back
 * @param builds in the order in which the wave reaches them
 */
public record Wave(String base, List<String> paused, List<WaveBuild> builds) {
    public Wave {
        paused = List.copyOf(paused);
        builds = List.copyOf(builds);
    }

    /**
     * The wave of one base.
     *
     * @param builds all builds of the base's namespace
     * @param bases all bases of it
     * @param configuration the operator's, when it can be read
     */
    public static Wave of(
            String base,
            Collection<BackendBuild> builds,
            Collection<BaseImage> bases,
            Optional<Configuration> configuration) {
        var reached = new LinkedHashSet<>(List.of(base));
        var next = new ArrayDeque<>(reached);
        var rebuilt = new ArrayList<WaveBuild>();
        while (!next.isEmpty()) {
            var from = next.remove();
            for (var build : consumers(from, builds)) {
                rebuilt.add(waveBuild(build, from, bases, configuration));
                madeBy(build).filter(reached::add).ifPresent(next::add);
            }
        }
        var paused = bases.stream()
                .filter(found -> reached.contains(found.getMetadata().getName()))
                .filter(Gate::isPaused)
                .map(found -> found.getMetadata().getName())
                .sorted()
                .toList();
        return new Wave(base, paused, rebuilt);
    }

    /** How many legs each pool has to build, by its name. */
    public SortedMap<String, Long> legsByPool() {
        return all().collect(Collectors.groupingBy(WaveLeg::pool, TreeMap::new, Collectors.counting()));
    }

    public long count(State state) {
        return builds.stream().mapToLong(build -> build.count(state)).sum();
    }

    /** All legs of the wave. */
    public long legs() {
        return all().count();
    }

    private Stream<WaveLeg> all() {
        return builds.stream().flatMap(build -> build.legs().stream());
    }

    private static List<BackendBuild> consumers(String base, Collection<BackendBuild> builds) {
        return builds.stream()
                .filter(build -> build.getSpec().base() != null
                        && build.getSpec().base().name().equals(base))
                .sorted(Comparator.comparing(build -> build.getMetadata().getName()))
                .toList();
    }

    private static Optional<String> madeBy(BackendBuild build) {
        return Optional.ofNullable(build.getMetadata().getLabels()).map(labels -> labels.get(Labels.BASE));
    }

    private static WaveBuild waveBuild(
            BackendBuild build, String base, Collection<BaseImage> bases, Optional<Configuration> configuration) {
        var view = bases.stream()
                .filter(found -> found.getMetadata().getName().equals(base))
                .findFirst()
                .map(found -> BaseView.ofExisting(base, found));
        var legs = build.getSpec().legs().stream()
                .filter(leg -> !leg.isExternal())
                .map(leg -> new WaveLeg(leg.platform(), poolOf(leg, configuration), stateOf(build, leg, view)))
                .toList();
        return new WaveBuild(build.getMetadata().getName(), base, legs);
    }

    private static String poolOf(Leg leg, Optional<Configuration> configuration) {
        var platform = leg.effectiveBuildPlatform();
        var named = Optional.ofNullable(leg.pool());
        return configuration
                .map(known -> known.poolFor(named, platform).map(Pool::name).orElse("none"))
                .or(() -> named)
                .orElse(platform);
    }

    /** A leg is done when its image is made on the base's present one. */
    private static State stateOf(BackendBuild build, Leg leg, Optional<BaseView> base) {
        var present = base.map(view -> view.imageFor(leg.effectiveBuildPlatform()));
        var status = Optional.ofNullable(build.getStatus()).flatMap(found -> found.leg(leg.platform()));
        var builtOn = status.map(LegStatus::built).flatMap(Wave::baseOf);
        if (present.isPresent() && present.equals(builtOn)) {
            return State.Done;
        }
        return status.map(LegStatus::state).map(Wave::stateOf).orElse(State.Waiting);
    }

    private static State stateOf(LegState state) {
        return switch (state) {
            case Queued, Building -> State.Running;
            case Failed -> State.Failed;
            case Waiting, Built -> State.Waiting;
        };
    }

    private static Optional<String> baseOf(BuiltLeg built) {
        return built.inputs().stream()
                .filter(input -> input.kind() == InputKind.Base)
                .map(Input::value)
                .findFirst();
    }
}
