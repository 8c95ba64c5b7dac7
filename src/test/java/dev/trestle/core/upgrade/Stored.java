package dev.trestle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.Input;
import dev.trestle.api.ManifestMerge;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.observe.MergeView;
import dev.trestle.core.plan.Admitted;
import dev.trestle.core.plan.BaseView;
import dev.trestle.core.plan.BuildPlan;
import dev.trestle.core.plan.Claims;
import dev.trestle.core.plan.Decision;
import dev.trestle.core.plan.Snapshot;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.status.BuildStatus;
import dev.trestle.dockerfile.ReaderProgram;
import dev.trestle.runtime.ApiServerJson;
import dev.trestle.runtime.ConfigurationFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects as an operator that knows version 1 of the inputs' rule has left them, and the repository that it had read. */
final class Stored {
    private static final Path FOLDER = Path.of("src", "test", "resources", "upgrade", "version-1");
    private static final Path CONFIGURATION = Path.of("src", "test", "resources", "golden", "config.yaml");
    private static final Instant NOW = Instant.parse("2026-11-21T12:20:00Z");

    final BackendBuild build;
    private final List<Pod> pods;
    private final List<ManifestMerge> merges;
    private final Map<String, String> tree;
    private String commit = "a1".repeat(20);

    private Stored(BackendBuild build, List<Pod> pods, List<ManifestMerge> merges, Map<String, String> tree) {
        this.build = build;
        this.pods = pods;
        this.merges = merges;
        this.tree = tree;
    }

    static Stored of(String name) throws IOException {
        return new Stored(
                Serialization.unmarshal(text(name + ".yaml"), BackendBuild.class),
                all(name + "-Pod-", Pod.class),
                all(name + "-ManifestMerge", ManifestMerge.class),
                new TreeMap<>(Serialization.unmarshal(text("tree.yaml"), new TypeReference<Map<String, String>>() {})));
    }

    /** Another commit, in which this file is another one. */
    Stored pushed(String path, String objectId) {
        tree.put(path, objectId);
        commit = "b2".repeat(20);
        return this;
    }

    /** Another commit, in which no file differs. */
    Stored pushedNothing() {
        commit = "b2".repeat(20);
        return this;
    }

    /** The same with another spec. */
    Stored editing(String before, String after) {
        var spec = Serialization.asYaml(build.getSpec());
        assertThat(spec).contains(before);
        build.setSpec(Serialization.unmarshal(spec.replace(before, after), BackendBuildSpec.class));
        return this;
    }

    /** The same as an operator of the next version would have left it. */
    void fromTheFuture() {
        var version = "inputsVersion\":" + Input.VERSION;
        var status = Serialization.asJson(build.getStatus());
        assertThat(status).contains(version);
        build.setStatus(ApiServerJson.serialization()
                .unmarshal(
                        status.replace(version, "inputsVersion\":" + (Input.VERSION + 1))
                                .replace("\"inputs\":[", "\"inputs\":[{\"kind\":\"Weather\",\"value\":\"rain\"},")
                                .replaceAll("\"fingerprint\":\"........", "\"fingerprint\":\"fedcba98"),
                        BackendBuildStatus.class));
    }

    /** The same with other fingerprints in its status. */
    Stored recording(String before, String after) {
        var status = Serialization.asJson(build.getStatus());
        build.setStatus(Serialization.unmarshal(
                status.replaceAll("\"fingerprint\":\"" + before, "\"fingerprint\":\"" + after),
                BackendBuildStatus.class));
        return this;
    }

    Decision decide() throws Exception {
        return BuildPlan.of(snapshot(head())).decide(Admitted.UNLIMITED);
    }

    /** The status after the next pass, which the build then has. */
    BackendBuildStatus pass() throws Exception {
        return pass(head());
    }

    /** The status after a pass that does not know the repository yet. */
    BackendBuildStatus passWithoutSource() throws Exception {
        return pass(new SourceView.Unresolved());
    }

    private BackendBuildStatus pass(SourceView source) throws Exception {
        var snapshot = snapshot(source);
        var status = BuildStatus.of(snapshot, BuildPlan.of(snapshot).decide(Admitted.UNLIMITED));
        build.setStatus(status);
        return status;
    }

    private Known head() throws IOException {
        var recipe = FileRecipe.of(build.getSpec());
        var reads = Optional.of(ReaderProgram.reads(recipe.request(text(recipe.dockerfile()))));
        return new Known(commit, FileInputs.of(recipe, new Selections(commit, SourceTree.of(tree)), reads));
    }

    private Snapshot snapshot(SourceView source) throws Exception {
        return new Snapshot(
                build,
                source,
                new BaseView.None(),
                Claims.NONE,
                Optional.empty(),
                pods,
                merges.stream().map(MergeView::of).toList(),
                Optional.empty(),
                ConfigurationFile.parse(Files.readString(CONFIGURATION)),
                NOW);
    }

    private static <T> List<T> all(String prefix, Class<T> type) throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix))
                    .sorted()
                    .map(file -> Serialization.unmarshal(text(file), type))
                    .toList();
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
