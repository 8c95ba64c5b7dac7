package dev.trestle.core.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BuildArg;
import dev.trestle.api.ImageTargetBuilder;
import dev.trestle.api.LegBuilder;
import dev.trestle.api.ParentBase;
import dev.trestle.core.SpecBuilder;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.offline.PlannedLeg.Why;
import dev.trestle.dockerfile.ReaderProgram;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two Go images of two legs, a Python one on a claimed base, one on a base that is made on another, and one for macOS. */
class OfflinePlanTest {
    private static final Map<String, String> FILES = files(
            "Dockerfile", "FROM x\nCOPY . /src",
            "Dockerfile.python-cpu", "FROM x\nCOPY bases/install.sh /",
            "Dockerfile.cuda", "FROM x\nCOPY bases/cuda.sh /",
            "Dockerfile.system", "FROM x\nCOPY bases/system.sh /",
            "bases/install.sh", "1",
            "bases/cuda.sh", "1",
            "bases/system.sh", "1",
            "echo/main.go", "1",
            "echo/README.md", "1",
            "store/main.go", "1",
            "pkg/log.go", "1",
            "speech/app.py", "1",
            "torch/app.py", "1",
            "metal/app.swift", "1",
            "docs/index.md", "1");

    private static final List<BackendBuild> BUILDS = List.of(
            build("echo", spec("echo/**", "pkg/**", "!**/*.md").legs("linux/arm64", "linux/amd64")),
            build("store", spec("store/**", "pkg/**").legs("linux/amd64")),
            build("speech", spec("speech/**").claiming("python-cpu")),
            build("torch", spec("torch/**").onBase("cuda", "BASE")),
            build(
                    "metal",
                    spec("metal/**")
                            .legs(LegBuilder.builder()
                                    .platform("darwin/arm64")
                                    .external(true)
                                    .build())));

    private static final List<BaseImage> BASES = List.of(base("cuda", "system"), base("system", null));

    static Stream<Arguments> changes() {
        return Stream.of(
                changed("nothing", List.of(), List.of(), List.of()),
                changed("one image's file", List.of("store/main.go"), List.of("store linux/amd64"), List.of()),
                changed(
                        "a file of two images",
                        List.of("pkg/log.go"),
                        List.of("echo linux/amd64", "echo linux/arm64", "store linux/amd64"),
                        List.of()),
                changed("a file that is taken out", List.of("echo/README.md"), List.of(), List.of("echo/README.md")),
                changed("a file of nobody", List.of("docs/index.md"), List.of(), List.of("docs/index.md")),
                changed("an external leg's file", List.of("metal/app.swift"), List.of(), List.of()),
                changed(
                        "the Dockerfile of all",
                        List.of("Dockerfile"),
                        List.of(
                                "echo linux/amd64",
                                "echo linux/arm64",
                                "speech linux/amd64",
                                "store linux/amd64",
                                "torch linux/amd64"),
                        List.of()),
                changed(
                        "a claimed base's file",
                        List.of("bases/install.sh"),
                        List.of("speech linux/amd64", "base python-cpu linux/amd64"),
                        List.of()),
                changed(
                        "an applied base's file",
                        List.of("bases/cuda.sh"),
                        List.of("torch linux/amd64", "base cuda linux/amd64"),
                        List.of()),
                changed(
                        "the file of a base's base",
                        List.of("bases/system.sh"),
                        List.of("torch linux/amd64", "base cuda linux/amd64", "base system linux/amd64"),
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void selectsWhatIsMadeOfTheChange(
            String change, List<String> files, List<String> selected, List<String> unclaimed) {
        var plan = plan(FILES, with(FILES, files));

        assertThat(legs(plan)).isEqualTo(selected);
        assertThat(plan.unclaimed()).isEqualTo(unclaimed);
    }

    @Test
    void aReasonNamesTheInputAndTheFilesBehindIt() {
        var plan = plan(FILES, with(FILES, List.of("pkg/log.go")));

        assertThat(plan.selected().getFirst().reasons())
                .extracting(Why::input, Why::files)
                .containsExactly(tuple("Source pkg/**", List.of("pkg/log.go")));
    }

    @Test
    void aMovedBaseIsAReasonByItsName() {
        var plan = plan(FILES, with(FILES, List.of("bases/system.sh")));

        assertThat(plan.selected().getFirst().reasons()).extracting(Why::input).containsExactly("Base cuda");
        assertThat(plan.bases())
                .extracting(leg -> leg.reasons().getFirst().input())
                .containsExactly("Base system", "Source bases/system.sh");
    }

    @Test
    void anExternalLegIsToldApart() {
        var plan = plan(FILES, with(FILES, List.of("metal/app.swift")));

        assertThat(plan.external()).extracting(PlannedLeg::build).containsExactly("metal");
        assertThat(plan.legs()).isEqualTo(5);
        assertThat(plan.builds()).isEqualTo(5);
    }

    @Test
    void aDockerfileSaysNothingOfWhatIsBuiltElsewhere() {
        var specs = new Specs(
                List.of(build(
                        "metal",
                        spec("metal/**")
                                .legs(LegBuilder.builder()
                                        .platform("darwin/arm64")
                                        .external(true)
                                        .build()))),
                List.of());

        var plan = plan(specs, checkout(with(FILES, List.of("Dockerfile", "docs/index.md"))));

        assertThat(plan.external()).isEmpty();
        assertThat(plan.unclaimed()).containsExactly("Dockerfile", "docs/index.md");
    }

    @Test
    void aFileThatGoesAwayIsAChange() {
        var gone = new HashMap<>(FILES);
        gone.remove("store/main.go");

        var plan = plan(FILES, gone);

        assertThat(legs(plan)).containsExactly("store linux/amd64");
        assertThat(plan.selected().getFirst().reasons())
                .extracting(Why::now, Why::files)
                .containsExactly(tuple("none", List.of("store/main.go")));
    }

    @Test
    void aChangedSpecSelectsItsLegs() {
        var after = new ArrayList<>(BUILDS);
        after.set(
                1, build("store", spec("store/**", "pkg/**").arg("TAGS", "auth").legs("linux/amd64", "linux/arm64")));

        var plan = OfflinePlan.between(
                new Specs(BUILDS, BASES), checkout(FILES), new Specs(after, BASES), checkout(FILES));

        assertThat(legs(plan)).containsExactly("store linux/amd64", "store linux/arm64");
        assertThat(plan.selected().getFirst().reasons()).extracting(Why::input).containsExactly("BuildArgs");
        assertThat(plan.selected().getLast().reasons()).extracting(Why::old).containsOnly("none");
    }

    @Test
    void theOrderOfTheSpecsSaysNothing() {
        var builds = new ArrayList<>(BUILDS);
        var bases = new ArrayList<>(BASES);
        Collections.reverse(builds);
        Collections.reverse(bases);
        var now = checkout(with(FILES, List.of("Dockerfile", "bases/system.sh", "docs/index.md")));

        assertThat(plan(new Specs(builds, bases), now)).isEqualTo(plan(new Specs(BUILDS, BASES), now));
    }

    @Test
    void aBaseThatIsMadeOnItselfIsNoReasonToHang() {
        var specs = new Specs(BUILDS, List.of(base("cuda", "system"), base("system", "cuda")));

        assertThat(legs(plan(specs, checkout(with(FILES, List.of("bases/cuda.sh"))))))
                .contains("torch linux/amd64", "base cuda linux/amd64");
    }

    @Test
    void whatIsOddInTheSpecsIsTold() {
        var other = build("other", SpecBuilder.aSpec().claiming("python-cpu", new BuildArg("A", "1")));
        var specs = new Specs(Stream.concat(BUILDS.stream(), Stream.of(other)).toList(), List.of());

        assertThat(specs.missingBases()).containsExactly("cuda");
        assertThat(specs.collisions()).singleElement().asString().contains("'python-cpu'", "'other'", "'speech'");
    }

    private static Plan plan(Map<String, String> from, Map<String, String> to) {
        var specs = new Specs(BUILDS, BASES);
        return OfflinePlan.between(specs, checkout(from), specs, checkout(to));
    }

    private static Plan plan(Specs specs, Checkout to) {
        return OfflinePlan.between(specs, checkout(FILES), specs, to);
    }

    private static List<String> legs(Plan plan) {
        return Stream.concat(
                        plan.selected().stream().map(leg -> leg.build() + " " + leg.platform()),
                        plan.bases().stream().map(leg -> "base " + leg.build() + " " + leg.platform()))
                .toList();
    }

    /** A file's id is its text here. */
    private static Checkout checkout(Map<String, String> files) {
        return new Checkout("c0ffee", SourceTree.of(files), Optional::of, ReaderProgram::reads);
    }

    private static Map<String, String> with(Map<String, String> files, List<String> changed) {
        var then = new HashMap<>(files);
        changed.forEach(path -> then.compute(path, (_, text) -> "#\n" + text));
        return then;
    }

    private static SpecBuilder spec(String... inputs) {
        return SpecBuilder.aSpec().inputs(inputs);
    }

    private static BackendBuild build(String name, SpecBuilder spec) {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder().withName(name).build());
        build.setSpec(spec.build());
        return build;
    }

    private static BaseImage base(String name, @Nullable String parent) {
        var like = SpecBuilder.aSpec().inputs("bases/" + name + ".sh").build();
        var base = new BaseImage();
        base.setMetadata(new ObjectMetaBuilder().withName(name).build());
        base.setSpec(BaseImageSpecBuilder.builder()
                .source(like.source())
                .dockerfile("Dockerfile." + name)
                .base(parent == null ? null : new ParentBase(new BaseRef(parent), "BASE"))
                .platforms(List.of("linux/amd64"))
                .image(ImageTargetBuilder.builder()
                        .repositories(List.of("quay.io/acme/bases"))
                        .tags(List.of(name))
                        .build())
                .build());
        return base;
    }

    private static Map<String, String> files(String... pathsAndTexts) {
        var files = new HashMap<String, String>();
        for (var i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return files;
    }

    private static Arguments changed(String change, List<String> files, List<String> selected, List<String> unclaimed) {
        return arguments(change, files, selected, unclaimed);
    }
}
