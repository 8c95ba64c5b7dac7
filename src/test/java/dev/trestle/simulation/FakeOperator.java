package dev.trestle.simulation;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseUse;
import dev.trestle.api.Condition;
import dev.trestle.api.ConditionStatus;
import dev.trestle.api.Leg;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.OnLegFailure;
import dev.trestle.core.Labels;
import dev.trestle.core.admit.Demand;
import dev.trestle.core.admit.PodKey;
import dev.trestle.core.admit.PodsSeen;
import dev.trestle.core.admit.RegistriesSeen;
import dev.trestle.core.admit.RegistryBudget;
import dev.trestle.core.admit.RegistryUse;
import dev.trestle.core.admit.RunningLeg;
import dev.trestle.core.admit.WaitingLegs;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Pool;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.plan.Action;
import dev.trestle.core.plan.Admitted;
import dev.trestle.core.plan.BasePlan;
import dev.trestle.core.plan.BaseSnapshot;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.plan.Claims;
import dev.trestle.core.plan.Gate;
import dev.trestle.core.plan.LegProgress;
import dev.trestle.core.plan.MergePlan;
import dev.trestle.core.plan.MergeProgress;
import dev.trestle.core.plan.MergeSnapshot;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SpecHash;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.render.Owner;
import dev.trestle.core.render.Registries;
import dev.trestle.core.status.BaseStatus;
import dev.trestle.core.status.BuildStatus;
import dev.trestle.core.status.HeldBack;
import dev.trestle.core.status.MergeStatus;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real decisions behind caches that lag, each kind by itself. It sees its own writes at once, as the SDK's caches do. */
final class FakeOperator implements PodsSeen, RegistriesSeen {
    private static final int KINDS = 5;
    /** Two operators write in the moments of a handover alone: who has heard nothing for longer has lost its lease. */
    private static final Duration LONGEST_LAG_OF_TWO = Duration.ofMinutes(1);

    private final FakeCluster cluster;
    private final Configuration configuration;
    private final boolean alone;
    private WaitingLegs waiting = new WaitingLegs();
    private Map<String, BackendBuild> builds = Map.of();
    private Map<String, BaseImage> bases = Map.of();
    private Map<String, Pod> pods = Map.of();
    private Map<String, ManifestMerge> merges = Map.of();
    private Map<String, Job> jobs = Map.of();
    private Map<String, Pod> mergePods = Map.of();
    private FakeGit git = new FakeGit();
    private final Instant[] syncedAt = new Instant[KINDS];
    private Duration clockAhead = Duration.ZERO;
    private int writes;
    private int writesLeft;

    /** The process dies here. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    FakeOperator(FakeCluster cluster, Configuration configuration, boolean alone) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.alone = alone;
        syncAll();
    }

    /** One pool of these platforms, without limits. */
    static Configuration poolOf(String... platforms) {
        try {
            return ConfigurationFile.parse("{builderImage: b, mergeImage: m, pools: [{name: all, platforms: %s}]}"
                    .formatted(List.of(platforms)));
        } catch (ConfigurationFile.Invalid e) {
            throw new AssertionError(e);
        }
    }

    void syncAll() {
        for (var kind = 0; kind < KINDS; kind++) {
            sync(kind);
        }
    }

    void sync(int kind) {
        syncedAt[kind] = cluster.now();
        switch (kind) {
            case 0 -> builds = new TreeMap<>(cluster.builds);
            case 1 -> bases = new TreeMap<>(cluster.bases);
            case 2 -> pods = new TreeMap<>(cluster.pods);
            case 3 -> {
                merges = new TreeMap<>(cluster.merges);
                jobs = new TreeMap<>(cluster.jobs);
                mergePods = new TreeMap<>(cluster.mergePods);
            }
            default -> git = cluster.git.copy();
        }
    }

    int writes() {
        return writes;
    }

    /** Its machine's clock is off from now on; negative when it is behind. */
    void setClockAhead(Duration ahead) {
        clockAhead = ahead;
    }

    private Instant now() {
        return cluster.now().plus(clockAhead);
    }

    /** @param writesLeft after so many writes the process dies */
    void passOverAll(int writesLeft) {
        this.writesLeft = writesLeft;
        if (!alone) {
            hear();
        }
        List.copyOf(bases.keySet()).forEach(this::passBase);
        List.copyOf(builds.keySet()).forEach(this::passBuild);
        List.copyOf(merges.keySet()).forEach(this::passMerge);
    }

    private void hear() {
        for (var kind = 0; kind < KINDS; kind++) {
            if (syncedAt[kind].plus(LONGEST_LAG_OF_TWO).isBefore(cluster.now())) {
                sync(kind);
            }
        }
    }

    private void write(Runnable write) {
        if (writesLeft-- <= 0) {
            throw new Killed();
        }
        writes++;
        write.run();
    }

    private void passBuild(String name) {
        var build = Objects.requireNonNull(builds.get(name));
        var snapshot = snapshot(build);
        var plan = BuildPlan.of(snapshot);
        var decision = plan.decide(admit(plan));
        if (decision.legs().stream().allMatch(step -> step.progress() instanceof LegProgress.Done)
                && decision.merge() instanceof MergeProgress.NotYet
                && !build.getSpec().suspended()) {
            throw new AssertionError("invariant 2: all legs of '" + name + "' are done and no merge starts");
        }
        for (var action : decision.actions()) {
            write(() -> apply(action));
        }
        var status = BuildStatus.of(snapshot, decision);
        check(name, status);
        if (!status.equals(build.getStatus())
                && HeldBack.until(snapshot, decision, status).isEmpty()) {
            write(() -> cluster.setStatus(name, status));
            own(name);
        }
    }

    /** Nobody is woken: the next pass over all builds comes. */
    private Admitted admit(BuildPlan plan) {
        var build = Demand.buildOf(plan.snapshot());
        var backingOff = Admitted.backingOff(limited(Demand.registriesOf(plan.snapshot())));
        if (!configuration.limitsPools() && backingOff.backoffs().isEmpty() && !waiting.know(build)) {
            return backingOff;
        }
        return backingOff.with(
                waiting.tell(build, Demand.of(plan.after(backingOff)), moment()).admitted());
    }

    private Map<String, String> limited(Set<String> registries) {
        return registries.stream()
                .flatMap(registry -> RegistryBudget.of(registry, usesOf(registry, now()), now()).stream())
                .collect(Collectors.toMap(RegistryBudget::registry, RegistryBudget::message));
    }

    @Override
    public List<RegistryUse> usesOf(String registry, Instant now) {
        var ofLegs = pods.values().stream()
                .filter(pod -> RegistryUse.registriesOf(pod).contains(registry))
                .map(pod -> RegistryUse.of(pod, RegistryUse.limitedBy(pod).equals(Optional.of(registry))));
        var ofMerges = merges.values().stream()
                .filter(merge -> Registries.of(merge.getSpec()).contains(registry))
                .map(merge -> RegistryUse.of(merge, RegistryUse.limitedBy(merge).equals(Optional.of(registry))));
        return Stream.concat(ofLegs, ofMerges).toList();
    }

    private WaitingLegs.Moment moment() {
        var limits = configuration.pools().stream().collect(Collectors.toMap(Pool::name, Pool::limits));
        return new WaitingLegs.Moment(limits, this, this, now());
    }

    @Override
    public List<RunningLeg> runningIn(String pool) {
        return pods.values().stream()
                .flatMap(pod -> RunningLeg.of(pod).stream())
                .filter(leg -> leg.pool().equals(pool))
                .toList();
    }

    @Override
    public Sighting look(PodKey pod) {
        return Optional.ofNullable(pods.get(pod.name()))
                .map(found -> RunningLeg.of(found).isPresent() ? Sighting.Running : Sighting.Ended)
                .or(() -> Optional.ofNullable(merges.get(pod.name())).map(FakeOperator::sightingOf))
                .orElse(Sighting.Absent);
    }

    private static Sighting sightingOf(ManifestMerge merge) {
        return merge.getStatus() != null && merge.getStatus().finishedAt() != null ? Sighting.Ended : Sighting.Running;
    }

    /** The process starts anew: what it had in memory is gone. */
    void restart() {
        waiting = new WaitingLegs();
        syncAll();
    }

    private void own(String build) {
        builds.computeIfPresent(build, (_, seen) -> {
            var next = new BackendBuild();
            next.setMetadata(seen.getMetadata());
            next.setSpec(seen.getSpec());
            next.setStatus(Objects.requireNonNull(cluster.builds.get(build)).getStatus());
            return next;
        });
    }

    private Snapshot snapshot(BackendBuild build) {
        var base = Optional.ofNullable(build.getSpec().base())
                .map(BaseUse::name)
                .flatMap(name -> Optional.ofNullable(bases.get(name)));
        var claims = Optional.ofNullable(build.getSpec().base())
                .map(use -> Claims.of(use.name(), builds.values()))
                .orElse(Claims.NONE);
        return new Snapshot(
                build,
                git.viewOf(build),
                BaseView.of(build, claims, base, name -> Optional.ofNullable(bases.get(name))),
                claims,
                base,
                pods.values().stream().filter(pod -> Owner.owns(build, pod)).toList(),
                merges.values().stream()
                        .filter(merge -> Owner.owns(build, merge))
                        .map(MergeView::of)
                        .toList(),
                Optional.empty(),
                configuration,
                now());
    }

    private void apply(Action action) {
        switch (action) {
            case Action.StartLeg(var pod) -> {
                if (alone) {
                    checkNotBuilt(pod);
                    cluster.checkRoomFor(pod, configuration);
                }
                checkNotPaused(pod);
                cluster.create(pod);
                var name = pod.getMetadata().getName();
                Optional.ofNullable(cluster.pods.get(name)).ifPresent(made -> pods.put(name, made));
            }
            case Action.CreateBase(var base) -> cluster.create(base);
            case Action.ReplaceBase(var base) -> cluster.replace(base);
            case Action.CancelLeg(var pod) -> cluster.delete(pod);
            case Action.StartMerge start -> {
                checkIsWholeOrWanted(start.merge());
                cluster.create(start.merge());
                var name = start.merge().getMetadata().getName();
                Optional.ofNullable(cluster.merges.get(name)).ifPresent(created -> {
                    merges.put(name, created);
                    write(() -> cluster.create(start.jobOf(created)));
                });
            }
            case Action.DeleteBuild(var build) ->
                throw new AssertionError("no build here has a time to live: " + build);
            case Action.DeleteMerge(var merge) -> cluster.delete(merge);
        }
    }

    private void checkIsWholeOrWanted(ManifestMerge merge) {
        var build = Objects.requireNonNull(
                builds.get(merge.getMetadata().getLabels().get(Labels.BUILD)));
        var missing = Objects.requireNonNull(merge.getSpec().run()).missing();
        if (!missing.isEmpty() && build.getSpec().effectiveOnLegFailure() != OnLegFailure.PublishPartial) {
            throw new AssertionError(
                    "invariant 4: '%s' lacks %s".formatted(merge.getMetadata().getName(), missing));
        }
    }

    private void checkNotPaused(Pod pod) {
        if (Cause.Wave.label().equals(pod.getMetadata().getLabels().get(Labels.CAUSE))
                && bases.values().stream().anyMatch(Gate::isPaused)) {
            throw new AssertionError("the wave is paused, and '%s' starts for its sake"
                    .formatted(pod.getMetadata().getName()));
        }
    }

    /** A leg is built again only after a build of other inputs has been started, which may have taken its anchor, or when its image is lost. */
    private void checkNotBuilt(Pod pod) {
        var build = Objects.requireNonNull(
                cluster.builds.get(pod.getMetadata().getLabels().get(Labels.BUILD)));
        Optional.ofNullable(build.getStatus()).map(BackendBuildStatus::legs).orElse(List.of()).stream()
                .filter(leg -> leg.platform()
                        .replace('/', '-')
                        .equals(pod.getMetadata().getLabels().get(Labels.LEG)))
                .filter(leg -> leg.built() != null
                        && leg.built().fingerprint().equals(leg.fingerprint())
                        && leg.built()
                                .fingerprint()
                                .startsWith(pod.getMetadata().getLabels().get(Labels.FINGERPRINT)))
                .filter(leg -> cluster.pods.values().stream().noneMatch(other -> isOfOtherInputs(other, pod)))
                .filter(leg -> !cluster.registry.hasLost(
                        Objects.requireNonNull(leg.built()).digest()))
                .findFirst()
                .ifPresent(leg -> {
                    throw new AssertionError("invariant 1: '%s' is built already"
                            .formatted(pod.getMetadata().getName()));
                });
    }

    private static boolean isOfOtherInputs(Pod other, Pod pod) {
        var theirs = other.getMetadata().getLabels();
        var ours = pod.getMetadata().getLabels();
        return Objects.equals(theirs.get(Labels.BUILD), ours.get(Labels.BUILD))
                && Objects.equals(theirs.get(Labels.LEG), ours.get(Labels.LEG))
                && !Objects.equals(theirs.get(Labels.FINGERPRINT), ours.get(Labels.FINGERPRINT));
    }

    private void check(String name, BackendBuildStatus status) {
        if (holds(status, "Reconciling") && holds(status, "Stalled")) {
            throw new AssertionError("kstatus: '" + name + "' is Reconciling and Stalled");
        }
        var truth = cluster.builds.get(name);
        if (!alone
                || truth == null
                || !holds(status, "Ready")
                || !Objects.equals(truth.getMetadata().getGeneration(), status.observedGeneration())) {
            return;
        }
        var image = Objects.requireNonNull(status.image());
        for (var repository : truth.getSpec().image().repositories()) {
            for (var tag : plain(truth)) {
                var index = cluster.registry.index(repository + ":" + tag);
                if (index == null) {
                    throw new AssertionError(
                            "Ready: '%s' says '%s', tag '%s' holds nothing".formatted(name, image.digest(), tag));
                }
                if (!index.spec().equals(SpecHash.of(truth.getSpec()))) {
                    throw new AssertionError(
                            "Ready: tag '%s' of '%s' holds an image of another spec".formatted(tag, name));
                }
                checkPlatforms(tag, index, truth.getSpec(), image.missing());
            }
        }
    }

    /** Its tags that no variable is in. */
    static List<String> plain(BackendBuild build) {
        return build.getSpec().image().tags().stream()
                .filter(tag -> !tag.contains("$"))
                .toList();
    }

    /** The status may not know yet that a tag holds the whole image again. */
    private static void checkPlatforms(
            String tag, FakeRegistry.Index index, BackendBuildSpec spec, List<String> missing) {
        var platforms = spec.legs().stream()
                .map(Leg::platform)
                .filter(platform -> !index.missing().contains(platform))
                .collect(Collectors.toSet());
        if (!index.children().keySet().equals(platforms) || !missing.containsAll(index.missing())) {
            throw new AssertionError("invariant 4: '%s' has fewer platforms than the status says".formatted(tag));
        }
    }

    static boolean holds(BackendBuildStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::status)
                .anyMatch(ConditionStatus.True::equals);
    }

    private void passBase(String name) {
        var base = Objects.requireNonNull(bases.get(name));
        var snapshot = new BaseSnapshot(
                base,
                Optional.ofNullable(builds.get(name + "-base")),
                builds.values().stream()
                        .filter(build -> build.getSpec().base() != null
                                && build.getSpec().base().name().equals(name))
                        .toList(),
                List.of(),
                new ScheduleView.None(),
                Map.of(),
                now());
        var decision = BasePlan.decide(snapshot);
        decision.apply()
                .ifPresent(wanted -> write(() -> {
                    cluster.apply(wanted);
                    builds.put(
                            wanted.getMetadata().getName(),
                            Objects.requireNonNull(
                                    cluster.builds.get(wanted.getMetadata().getName())));
                }));
        var status = BaseStatus.of(snapshot, decision);
        if (!status.equals(base.getStatus())) {
            write(() -> cluster.setStatus(name, status));
            bases.put(name, Objects.requireNonNull(cluster.bases.get(name)));
        }
    }

    private void passMerge(String name) {
        var merge = Objects.requireNonNull(merges.get(name));
        var snapshot = new MergeSnapshot(
                merge,
                Optional.ofNullable(jobs.get(name)),
                Optional.ofNullable(mergePods.get(name)).stream().toList(),
                configuration,
                now());
        var step = MergePlan.decide(snapshot);
        if (step instanceof MergePlan.Step.Start(var job)) {
            write(() -> cluster.create(job));
        }
        var status = MergeStatus.of(snapshot, step);
        if (!status.equals(snapshot.status())) {
            write(() -> cluster.setStatus(name, status));
            Optional.ofNullable(cluster.merges.get(name)).ifPresent(now -> merges.put(name, now));
        }
    }
}
