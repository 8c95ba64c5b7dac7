package dev.trestle.simulation;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.FailureReason;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.core.Hash;
import dev.trestle.core.Labels;
import dev.trestle.core.admit.RegistryUse;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.inputs.Cause;
import dev.trestle.core.observe.LegOutcome;
import dev.trestle.core.plan.Gate;
import dev.trestle.core.render.LegPod;
import dev.trestle.core.render.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The truth: what the API server has, what the kubelets do, and what the registry holds. Objects are replaced, never changed. */
final class FakeCluster {
    final Map<String, BackendBuild> builds = new TreeMap<>();
    final Map<String, BaseImage> bases = new TreeMap<>();
    final Map<String, Pod> pods = new TreeMap<>();
    final Map<String, ManifestMerge> merges = new TreeMap<>();
    final Map<String, Job> jobs = new TreeMap<>();
    private final Set<String> leftAlone = new HashSet<>();
    final Map<String, Pod> mergePods = new TreeMap<>();
    final FakeGit git = new FakeGit();
    final FakeRegistry registry;
    final List<String> story = new ArrayList<>();
    /** Names of pods that the cluster took: one operator gives the name again, another that still sees the first gives the next. */
    private final Set<String> taken = new HashSet<>();

    private final boolean alone;
    private final Map<String, Integer> mergeOrder = new HashMap<>();
    private final List<ManifestMerge> adrift = new ArrayList<>();
    private final boolean reproducible;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private int serial;

    /**
     * @param alone whether one operator writes: two that do so with different caches build and merge different inputs side by side
     * @param reproducible whether equal inputs give an equal digest
     */
    FakeCluster(boolean alone, boolean reproducible) {
        this.alone = alone;
        this.registry = new FakeRegistry(alone);
        this.reproducible = reproducible;
    }

    Instant now() {
        return now;
    }

    void wait(int seconds) {
        now = now.plusSeconds(seconds);
    }

    void tell(String what) {
        story.add(now + " " + what);
    }

    void apply(BackendBuild wanted) {
        var name = wanted.getMetadata().getName();
        var old = builds.get(name);
        if (old != null && old.getSpec().equals(wanted.getSpec())) {
            return;
        }
        tell("spec of " + name + " changes");
        var build = new BackendBuild();
        build.setMetadata(
                old == null ? created(wanted) : older(old, old.getMetadata().getGeneration() + 1));
        build.setSpec(wanted.getSpec());
        build.setStatus(old == null ? null : old.getStatus());
        builds.put(name, build);
    }

    void apply(String name, BackendBuildSpec spec) {
        var build = new BackendBuild();
        build.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
        build.setSpec(spec);
        apply(build);
    }

    /** What is made for a build that has been deleted meanwhile is taken by the garbage collector before it begins. */
    private boolean isOrphan(HasMetadata child) {
        return builds.values().stream().noneMatch(build -> Owner.owns(build, child));
    }

    void annotate(String name, String key, String value) {
        var old = Objects.requireNonNull(builds.get(name));
        tell("annotation %s of %s is '%s'".formatted(key, name, value));
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder(old.getMetadata())
                .addToAnnotations(key, value)
                .build());
        build.setSpec(old.getSpec());
        build.setStatus(old.getStatus());
        builds.put(name, build);
    }

    /** The garbage collector takes what belongs to it before it is created again. */
    void recreate(String name) {
        var old = Objects.requireNonNull(builds.remove(name));
        tell(name + " is deleted");
        List.copyOf(pods.values()).stream()
                .filter(pod -> Owner.owns(old, pod))
                .forEach(pod -> remove(pod.getMetadata().getName()));
        List.copyOf(merges.values()).stream()
                .filter(merge -> Owner.owns(old, merge))
                .forEach(this::delete);
        wait(1);
        apply(name, old.getSpec());
    }

    void replace(BaseImage base) {
        base.setStatus(
                Objects.requireNonNull(bases.get(base.getMetadata().getName())).getStatus());
        bases.put(base.getMetadata().getName(), base);
    }

    void create(BaseImage base) {
        base.setMetadata(created(base));
        bases.put(base.getMetadata().getName(), base);
    }

    /** @return false when the name is taken, as the API server's 409 */
    boolean create(Pod pod) {
        if (pods.containsKey(pod.getMetadata().getName()) || isOrphan(pod)) {
            return false;
        }
        var twin = pods.values().stream()
                .filter(other -> sameLegAndInputs(other, pod) && Phase.of(other) != Phase.Lost)
                .filter(other -> alone || !taken.contains(other.getMetadata().getName()))
                .findFirst();
        twin.ifPresent(other -> {
            throw new AssertionError("invariant 1: leg '%s' is started although '%s' is %s"
                    .formatted(pod.getMetadata().getName(), other.getMetadata().getName(), Phase.of(other)));
        });
        checkLearnt(pod);
        tell("pod " + pod.getMetadata().getName() + " created");
        pods.put(
                pod.getMetadata().getName(),
                new PodBuilder(pod)
                        .withMetadata(created(pod))
                        .withStatus(new PodStatus())
                        .build());
        return true;
    }

    /** What the pods of earlier attempts show must be known to the next: nodes to blame, and a want of memory. */
    private void checkLearnt(Pod pod) {
        var before = pods.values().stream()
                .filter(other -> sameLegAndInputs(other, pod))
                .toList();
        var blamed = before.stream()
                .filter(other ->
                        failureOf(other).filter(FailureReason::blamesNode).isPresent());
        var avoided =
                Serialization.asYaml(Objects.requireNonNullElse(pod.getSpec().getAffinity(), ""));
        blamed.map(other -> other.getSpec().getNodeName())
                .filter(node -> !avoided.contains(node))
                .findFirst()
                .ifPresent(node -> {
                    throw new AssertionError("'%s' may go to '%s' again"
                            .formatted(pod.getMetadata().getName(), node));
                });
        var outOfMemory = before.stream()
                .filter(other -> failureOf(other)
                        .filter(FailureReason.OutOfMemory::equals)
                        .isPresent())
                .count();
        if (outOfMemory > 1
                || (outOfMemory == 1 && !pod.getMetadata().getLabels().containsKey(Labels.SIZE))) {
            throw new AssertionError("'%s' starts after %d attempts without memory"
                    .formatted(pod.getMetadata().getName(), outOfMemory));
        }
    }

    private static Optional<FailureReason> failureOf(Pod pod) {
        var forever = new Deadlines(Optional.empty(), Duration.ofDays(999), Duration.ofDays(999));
        return LegOutcome.of(pod, forever, Instant.EPOCH) instanceof LegOutcome.Failed(var failure, var _)
                ? Optional.of(failure.reason())
                : Optional.empty();
    }

    /** A pool's places count until the pod has ended or is gone. */
    void checkRoomFor(Pod pod, Configuration configuration) {
        var pool = Objects.requireNonNull(pod.getMetadata().getLabels().get(Labels.POOL));
        var limits = configuration
                .poolFor(Optional.of(pool), "linux/amd64")
                .orElseThrow()
                .limits();
        var running = pods.values().stream()
                .filter(other ->
                        !other.getMetadata().getName().equals(pod.getMetadata().getName()))
                .filter(other -> !Phase.of(other).isOver())
                .toList();
        var routine = running.stream().filter(FakeCluster::isRoutine).count();
        if (limits.maxRunning().filter(most -> running.size() >= most).isPresent()
                || (isRoutine(pod)
                        && limits.routine().filter(most -> routine >= most).isPresent())) {
            throw new AssertionError("pool '%s' is full and '%s' starts"
                    .formatted(pool, pod.getMetadata().getName()));
        }
    }

    private static boolean isRoutine(Pod pod) {
        return Cause.labelled(pod.getMetadata().getLabels().getOrDefault(Labels.CAUSE, ""))
                .isRoutine();
    }

    /** Somebody pauses or resumes the wave of a base. */
    void pauseWave(String base, boolean paused) {
        var old = Objects.requireNonNull(bases.get(base));
        if (Gate.isPaused(old) == paused) {
            return;
        }
        tell("the wave of %s is %s".formatted(base, paused ? "paused" : "resumed"));
        var next = new BaseImage();
        next.setMetadata(new ObjectMetaBuilder(old.getMetadata())
                .withAnnotations(paused ? Map.of(Labels.WAVE, "paused") : Map.of())
                .build());
        next.setSpec(old.getSpec());
        next.setStatus(old.getStatus());
        bases.put(base, next);
    }

    private static boolean sameLegAndInputs(Pod one, Pod other) {
        var mine = one.getMetadata().getLabels();
        var theirs = other.getMetadata().getLabels();
        return List.of(Labels.BUILD, Labels.LEG, Labels.FINGERPRINT).stream()
                .allMatch(label -> Objects.equals(mine.get(label), theirs.get(label)));
    }

    void create(ManifestMerge wanted) {
        var name = wanted.getMetadata().getName();
        if (merges.containsKey(name) || isOrphan(wanted)) {
            return;
        }
        tell("merge " + name + " created");
        var merge = new ManifestMerge();
        merge.setMetadata(created(wanted));
        merge.setSpec(wanted.getSpec());
        merges.put(name, merge);
        mergeOrder.put(merge.getMetadata().getUid(), serial);
    }

    void create(Job job) {
        jobs.putIfAbsent(
                job.getMetadata().getName(),
                new JobBuilder(job).withMetadata(created(job)).build());
    }

    /** A pod that is deleted stays for a while; the kubelet takes it away. */
    void delete(Pod pod) {
        pods.computeIfPresent(pod.getMetadata().getName(), (_, found) -> {
            tell("pod " + pod.getMetadata().getName() + " is deleted");
            return ending(found);
        });
    }

    /** Somebody else than the operator takes the pod away. */
    void lose(Pod pod, boolean atOnce) {
        if (atOnce) {
            remove(pod.getMetadata().getName());
        } else {
            delete(pod);
        }
    }

    private Pod ending(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(now.plus(LegPod.grace(pod)).toString())
                .endMetadata()
                .build();
    }

    void remove(String pod) {
        tell("pod " + pod + " is gone");
        Optional.ofNullable(pods.remove(pod))
                .filter(gone -> Phase.of(gone) == Phase.Lost)
                .ifPresent(_ -> taken.add(pod));
    }

    void delete(ManifestMerge merge) {
        var name = merge.getMetadata().getName();
        tell("merge " + name + " is deleted");
        merges.remove(name);
        jobs.remove(name);
        mergePods.remove(name);
    }

    int mergesCreated() {
        return mergeOrder.size();
    }

    void setStatus(String build, @Nullable BackendBuildStatus status) {
        var old = builds.get(build);
        if (old != null) {
            var next = new BackendBuild();
            next.setMetadata(older(old, old.getMetadata().getGeneration()));
            next.setSpec(old.getSpec());
            next.setStatus(status);
            builds.put(build, next);
        }
    }

    void setStatus(String base, BaseImageStatus status) {
        var old = Objects.requireNonNull(bases.get(base));
        var next = new BaseImage();
        next.setMetadata(old.getMetadata());
        next.setSpec(old.getSpec());
        next.setStatus(status);
        bases.put(base, next);
    }

    void setStatus(String merge, ManifestMergeStatus status) {
        var old = merges.get(merge);
        if (old != null) {
            var next = new ManifestMerge();
            next.setMetadata(old.getMetadata());
            next.setSpec(old.getSpec());
            next.setStatus(status);
            merges.put(merge, next);
        }
    }

    /** The kubelet's next step of a leg that goes well: it starts, or it pushes to its anchor and ends. */
    void advance(Pod pod) {
        switch (Phase.of(pod)) {
            case Queued -> start(pod);
            case Building ->
                registry.refuses(RegistryUse.registriesOf(pod))
                        .ifPresentOrElse(host -> end(pod, 2, limitedBy(host)), () -> push(pod));
            case Stalled, Built, Failed, Lost -> {}
        }
    }

    /** Every kubelet's next step, and every merge that waits to run. */
    void goOn() {
        for (var pod : List.copyOf(pods.values())) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                remove(pod.getMetadata().getName());
            } else {
                advance(pod);
            }
        }
        List.copyOf(jobs.values()).forEach(job -> run(job, true));
    }

    private void push(Pod pod) {
        var digest = digestOf(pod);
        registry.push(pod, digest);
        end(pod, 0, "{\"digest\":\"%s\",\"seconds\":5}".formatted(digest));
    }

    static String limitedBy(String registry) {
        return "{\"failure\":{\"class\":\"Infrastructure\",\"reason\":\"RateLimited\",\"registry\":\"%s\"}}"
                .formatted(registry);
    }

    private String digestOf(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return "sha256:"
                + (reproducible
                        ? Hash.of(List.of(
                                labels.get(Labels.BUILD), labels.get(Labels.LEG), labels.get(Labels.FINGERPRINT)))
                        : Hash.of(List.of(pod.getMetadata().getUid())));
    }

    private void start(Pod pod) {
        tell("pod " + pod.getMetadata().getName() + " starts");
        update(
                placed(pod),
                new PodStatusBuilder()
                        .withPhase("Running")
                        .addNewContainerStatus()
                        .withName("build")
                        .withNewState()
                        .withNewRunning()
                        .withStartedAt(now.toString())
                        .endRunning()
                        .endState()
                        .endContainerStatus()
                        .build());
    }

    /** @param exitCode 0 built, 1 the Dockerfile's fault, 2 the infrastructure's */
    void end(Pod pod, int exitCode, String message) {
        tell("pod %s ends with %d".formatted(pod.getMetadata().getName(), exitCode));
        update(
                placed(pod),
                new PodStatusBuilder()
                        .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                        .addNewContainerStatus()
                        .withName("build")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withStartedAt(now.toString())
                        .withFinishedAt(now.toString())
                        .withMessage(message)
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .build());
    }

    /** Its image does not come: nothing happens any more. */
    void stall(Pod pod) {
        tell("pod " + pod.getMetadata().getName() + " waits for its image");
        update(
                placed(pod),
                new PodStatusBuilder()
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("True")
                        .withLastTransitionTime(now.toString())
                        .endCondition()
                        .addNewContainerStatus()
                        .withName("build")
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("not found")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .build());
    }

    /** Its node does not answer any more, or is drained. */
    void disrupt(Pod pod, String reason) {
        tell("pod %s is disrupted: %s".formatted(pod.getMetadata().getName(), reason));
        update(
                placed(pod),
                new PodStatusBuilder(pod.getStatus())
                        .addNewCondition()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .withReason(reason)
                        .withLastTransitionTime(now.toString())
                        .endCondition()
                        .build());
        delete(pod);
    }

    private Pod placed(Pod pod) {
        if (pod.getSpec().getNodeName() != null) {
            return pod;
        }
        var node = "node-" + serial++ % 3;
        var placed = new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build();
        pods.replace(pod.getMetadata().getName(), placed);
        return placed;
    }

    void evict(Pod pod) {
        tell("pod " + pod.getMetadata().getName() + " is evicted");
        update(
                placed(pod),
                new PodStatusBuilder()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .withStartTime(now.toString())
                        .build());
    }

    private void update(Pod pod, PodStatus status) {
        pods.computeIfPresent(
                pod.getMetadata().getName(),
                (_, found) -> new PodBuilder(found).withStatus(status).build());
    }

    /** The Job controller forgets this Job. */
    void leaveAlone(Job job) {
        tell("merge %s is left alone".formatted(job.getMetadata().getName()));
        leftAlone.add(job.getMetadata().getUid());
    }

    /** A merge's Job runs to its end. */
    void run(Job job, boolean goesWell) {
        var name = job.getMetadata().getName();
        var merge = merges.get(name);
        if (merge == null
                || mergePods.containsKey(name)
                || job.getStatus() != null
                || leftAlone.contains(job.getMetadata().getUid())) {
            return;
        }
        if (!goesWell) {
            tell("merge %s fails".formatted(name));
            fail(job);
            adrift.add(merge);
            return;
        }
        switch (registry.merge(merge, orderOf(merge))) {
            case FakeRegistry.Merged.As(var digest) -> {
                tell("merge %s succeeds".formatted(name));
                end(job, 0, "{\"digest\":\"%s\",\"platforms\":%s}".formatted(digest, platforms(merge)));
            }
            case FakeRegistry.Merged.Gone(var platforms) -> {
                tell("merge %s finds %s gone".formatted(name, platforms));
                fail(job);
                end(
                        job,
                        1,
                        "{\"failure\":{\"message\":\"gone\",\"gone\":[\"%s\"]}}"
                                .formatted(String.join("\",\"", platforms)));
            }
            case FakeRegistry.Merged.Limited(var by) -> {
                tell("merge %s is answered 429 by %s".formatted(name, by));
                fail(job);
                end(job, 4, "{\"failure\":{\"message\":\"HTTP 429\",\"limitedBy\":\"%s\"}}".formatted(by));
            }
            case FakeRegistry.Merged.Superseded(var by) -> {
                tell("merge %s is superseded by %s".formatted(name, by));
                fail(job);
                end(
                        job,
                        1,
                        "{\"failure\":{\"message\":\"superseded\",\"supersededBy\":%d}}".formatted(by.orElseThrow()));
            }
        }
    }

    /** Merges that the cluster has given up run all the same, as on a node that it cannot reach. */
    void lateMergesRun() {
        adrift.forEach(merge -> {
            tell("merge %s runs late".formatted(merge.getMetadata().getName()));
            registry.mergeLate(merge, orderOf(merge));
        });
        adrift.clear();
    }

    void loseDigest(String digest) {
        tell("the registry loses " + digest);
        registry.lose(digest);
    }

    private int orderOf(ManifestMerge merge) {
        return mergeOrder.getOrDefault(merge.getMetadata().getUid(), 0);
    }

    private static List<String> platforms(ManifestMerge merge) {
        return merge.getSpec().sources().stream()
                .map(source -> "{\"platform\":\"%s\",\"digest\":\"%s\"}"
                        .formatted(
                                source.platform(),
                                source.image().substring(source.image().indexOf('@') + 1)))
                .toList();
    }

    private void fail(Job job) {
        jobs.put(
                job.getMetadata().getName(),
                new JobBuilder(job)
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Failed")
                        .withStatus("True")
                        .withLastTransitionTime(now.toString())
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private void end(Job job, int exitCode, String message) {
        var name = job.getMetadata().getName();
        mergePods.put(
                name,
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name + "-pod")
                        .addToLabels(Labels.MERGE, name)
                        .addNewOwnerReference()
                        .withController(true)
                        .withUid(job.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withName("merge")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withFinishedAt(now.toString())
                        .withMessage(message)
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    private io.fabric8.kubernetes.api.model.ObjectMeta created(HasMetadata object) {
        serial++;
        return new ObjectMetaBuilder(object.getMetadata())
                .withNamespace("shop")
                .withUid("uid-" + serial)
                .withGeneration(1L)
                .withCreationTimestamp(now.toString())
                .build();
    }

    private static io.fabric8.kubernetes.api.model.ObjectMeta older(HasMetadata object, long generation) {
        return new ObjectMetaBuilder(object.getMetadata())
                .withGeneration(generation)
                .build();
    }

    /** What the kubelet knows of a leg's pod. */
    enum Phase {
        Queued,
        Stalled,
        Building,
        Built,
        Failed,
        Lost;

        static Phase of(Pod pod) {
            if (pod.getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("DisruptionTarget"))) {
                return Lost;
            }
            var statuses = pod.getStatus().getContainerStatuses();
            if (statuses.isEmpty()) {
                return "Failed".equals(pod.getStatus().getPhase()) ? Lost : Queued;
            }
            var state = statuses.getFirst().getState();
            if (state.getWaiting() != null) {
                return pod.getMetadata().getDeletionTimestamp() == null ? Stalled : Lost;
            }
            var terminated = state.getTerminated();
            if (terminated == null) {
                return Building;
            }
            return switch (terminated.getExitCode()) {
                case 0 -> terminated.getMessage().matches(".*sha256:[0-9a-f]{64}.*") ? Built : Lost;
                case 1 -> Failed;
                default -> Lost;
            };
        }

        boolean isOver() {
            return this == Built || this == Failed || this == Lost;
        }
    }
}
