package dev.trestle.core.golden;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.ManifestMerge;
import dev.trestle.api.ManifestMergeStatus;
import dev.trestle.core.Sources;
import dev.trestle.core.admit.RegistryBudget;
import dev.trestle.core.config.Configuration;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.plan.Action;
import dev.trestle.core.plan.Admitted;
import dev.trestle.core.plan.BasePlan;
import dev.trestle.core.plan.BaseSnapshot;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.plan.Claims;
import dev.trestle.core.plan.Conflict;
import dev.trestle.core.plan.MergePlan;
import dev.trestle.core.plan.MergeSnapshot;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.status.BaseStatus;
import dev.trestle.core.status.BuildStatus;
import dev.trestle.core.status.MergeStatus;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One situation: {@code in-*.yaml} is what the operator sees, {@code out-*} is all that it then writes.
 *
 * @param files contents by file name
 */
public record GoldenCase(SortedMap<String, String> files) {
    private static final Path ALL = Path.of("src", "test", "resources", "golden");
    private static final String CONFIG = "in-config.yaml";

    /**
     * What is no object of the cluster: the clock, the head of the followed ref and its tag, an elder build that writes the same tag, a
     * registry that answers 429.
     */
    private record Facts(
            Instant now,
            @Nullable String head,
            @Nullable String gitTag,
            @Nullable String unreadable,
            @Nullable Conflict conflict,
            Map<String, String> limited) {}

    static List<Path> folders() throws IOException {
        try (var folders = Files.list(ALL)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Every folder of {@code src/test/resources/golden}, in the order of their names. */
    public static List<GoldenCase> all() throws IOException {
        return folders().stream().map(GoldenCase::in).toList();
    }

    static GoldenCase in(Path folder) {
        try (var paths = Files.list(folder)) {
            var files = paths.collect(
                    toMap(file -> file.getFileName().toString(), GoldenCase::text, (one, _) -> one, TreeMap::new));
            return new GoldenCase(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same situation, but for one file. */
    public GoldenCase with(String name, String contents) {
        var other = new TreeMap<>(files);
        other.put(name, contents);
        return new GoldenCase(other);
    }

    /**
     * What comes of the situation.
     *
     * @param objects and the list of actions, by file name
     */
    public record Outcome(SortedMap<String, String> objects, Object status) {
        /** All of it, by file name. */
        SortedMap<String, String> files() {
            var files = new TreeMap<>(objects);
            files.put("out-status.yaml", yaml(status));
            return files;
        }
    }

    public Outcome outcome() throws ConfigurationFile.Invalid {
        var objects = new TreeMap<String, String>();
        return new Outcome(objects, decide(objects));
    }

    private Object decide(Map<String, String> out) throws ConfigurationFile.Invalid {
        if (exists("in-BackendBuild.yaml")) {
            return decideBuild(out);
        }
        return exists("in-BaseImage.yaml") ? decideBase(out) : decideMerge(out);
    }

    SortedMap<String, String> recorded() {
        return new TreeMap<>(files.subMap("out-", "out." /* the sign after '-' */));
    }

    /** The names of the files that are read. */
    public Stream<String> inputs() {
        return files.keySet().stream().filter(name -> !name.startsWith("out-"));
    }

    private BackendBuildStatus decideBuild(Map<String, String> out) throws ConfigurationFile.Invalid {
        var build = read("in-BackendBuild.yaml", BackendBuild.class);
        var facts = facts();
        var snapshot = new Snapshot(
                        build,
                        source(build, facts),
                        BaseView.of(build, claims(build), base(), _ -> Optional.empty()),
                        claims(build),
                        base(),
                        all("in-Pod-", Pod.class),
                        all("in-ManifestMerge-", ManifestMerge.class).stream()
                                .map(MergeView::of)
                                .toList(),
                        Optional.ofNullable(facts.conflict()),
                        configuration(),
                        facts.now())
                .withBaseline(all("in-BackendBuild-baseline", BackendBuild.class).stream()
                        .findFirst());
        var decision = BuildPlan.of(snapshot).decide(Admitted.backingOff(facts.limited()));
        var actions = new StringBuilder();
        for (var action : decision.actions()) {
            actions.append(record(action, out)).append('\n');
        }
        decision.wakeAt()
                .ifPresent(at -> actions.append("look again at ").append(at).append('\n'));
        out.put("out-actions.txt", actions.isEmpty() ? "nothing\n" : actions.toString());
        return BuildStatus.of(snapshot, decision);
    }

    private static String record(Action action, Map<String, String> out) {
        return switch (action) {
            case Action.StartLeg(var pod) -> "start leg " + file(pod, out);
            case Action.CreateBase(var base) -> "create base " + file(base, out);
            case Action.ReplaceBase(var base) -> "replace base " + file(base, out);
            case Action.CancelLeg(var pod) -> "cancel leg " + pod.getMetadata().getName();
            case Action.StartMerge(var merge, var _) -> "start merge " + file(merge, out);
            case Action.DeleteBuild(var build) ->
                "delete build " + build.getMetadata().getName();
            case Action.DeleteMerge(var merge) ->
                "delete merge " + merge.getMetadata().getName();
        };
    }

    private BaseImageStatus decideBase(Map<String, String> out) {
        var build = Optional.of("in-BackendBuild-of-base.yaml")
                .filter(this::exists)
                .map(name -> read(name, BackendBuild.class));
        var snapshot = new BaseSnapshot(
                read("in-BaseImage.yaml", BaseImage.class),
                build,
                all("in-BackendBuild-consumer", BackendBuild.class),
                List.of(),
                new ScheduleView.None(),
                Map.of(),
                facts().now());
        var decision = BasePlan.decide(snapshot);
        var applied = decision.apply()
                .map(wanted -> "apply build " + file(wanted, out) + "\n")
                .orElse("nothing\n");
        var wake = decision.wakeAt(snapshot.now())
                .map(at -> "look again at " + at + "\n")
                .orElse("");
        out.put("out-actions.txt", applied + wake);
        return BaseStatus.of(snapshot, decision);
    }

    private ManifestMergeStatus decideMerge(Map<String, String> out) throws ConfigurationFile.Invalid {
        var jobs = all("in-Job", Job.class);
        var snapshot = new MergeSnapshot(
                read("in-ManifestMerge.yaml", ManifestMerge.class),
                jobs.stream().findFirst(),
                all("in-Pod-", Pod.class),
                configuration(),
                facts().now());
        var step = MergePlan.decide(snapshot);
        out.put(
                "out-actions.txt",
                step instanceof MergePlan.Step.Start(var job) ? "start job " + file(job, out) + "\n" : "nothing\n");
        return MergeStatus.of(snapshot, step);
    }

    private static SourceView source(BackendBuild build, Facts facts) {
        var pinned = build.getSpec().source().git().revision();
        if (facts.unreadable() != null) {
            return new SourceView.Unavailable(facts.unreadable());
        }
        return Optional.ofNullable(pinned)
                .or(() -> Optional.ofNullable(facts.head()))
                .<SourceView>map(commit -> Sources.at(commit).after(Optional.ofNullable(facts.gitTag()), List.of()))
                .orElseGet(SourceView.Unresolved::new);
    }

    private Optional<BaseImage> base() {
        return all("in-BaseImage-", BaseImage.class).stream().findFirst();
    }

    /** The build itself, and all others of the folder. */
    private Claims claims(BackendBuild build) {
        var use = build.getSpec().base();
        return use == null
                ? Claims.NONE
                : Claims.of(
                        use.name(),
                        Stream.concat(Stream.of(build), all("in-BackendBuild-", BackendBuild.class).stream())
                                .toList());
    }

    private static String file(HasMetadata object, Map<String, String> out) {
        var name = object.getMetadata().getName();
        out.put("out-%s-%s.yaml".formatted(object.getKind(), name), yaml(object));
        return name;
    }

    private Configuration configuration() throws ConfigurationFile.Invalid {
        var own = files.get(CONFIG);
        return ConfigurationFile.parse(own == null ? text(ALL.resolve("config.yaml")) : own);
    }

    private Facts facts() {
        var facts = Serialization.unmarshal(files.get("in-facts.yaml"), new TypeReference<Map<String, String>>() {});
        var reference = facts.get("conflictReference");
        return new Facts(
                Instant.parse(facts.get("now")),
                facts.get("head"),
                facts.get("gitTag"),
                facts.get("unreadable"),
                reference == null ? null : new Conflict(reference, facts.getOrDefault("conflictElder", "")),
                Optional.ofNullable(facts.get("limited"))
                        .map(GoldenCase::limited)
                        .orElse(Map.of()));
    }

    private static Map<String, String> limited(String registry) {
        var since = Instant.parse("2026-11-21T11:59:00Z");
        return Map.of(registry, new RegistryBudget(registry, since, since.plusSeconds(90), 0).message());
    }

    private boolean exists(String name) {
        return files.containsKey(name);
    }

    private <T> T read(String name, Class<T> type) {
        return Serialization.unmarshal(files.get(name), type);
    }

    private <T> List<T> all(String prefix, Class<T> type) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> read(name, type))
                .toList();
    }

    private static String yaml(Object object) {
        return Serialization.asYaml(object);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
