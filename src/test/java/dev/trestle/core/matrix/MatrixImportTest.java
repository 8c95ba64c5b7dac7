package dev.trestle.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.Baseline;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.core.matrix.Finding.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MatrixImportTest {

    @Test
    void rowsOfOneNameAreOneImageAndNoneIsDropped() throws ImportRefused {
        var imported = Given.layered(MatrixImportTest::unchanged);

        assertThat(imported.counts()).isEqualTo(new MatrixCounts(4, 1, 3, 5, 1, 2, 1, 2, 4));
        assertThat(imported.findings()).isEmpty();
        assertThat(imported.builds())
                .extracting(build -> build.getMetadata().getName())
                .containsExactly("cpu-echo", "cpu-greeter", "gpu-greeter", "metal-greeter");
    }

    @Test
    void legsArePlatformsWithTheirPoolAndMacOsIsExternal() throws ImportRefused {
        var imported = Given.layered(MatrixImportTest::unchanged);

        assertThat(legs(imported, "cpu-echo")).containsExactly(Leg.on("linux/amd64"), Leg.on("linux/arm64"));
        assertThat(legs(imported, "gpu-greeter"))
                .containsExactly(LegBuilder.builder()
                        .platform("linux/amd64")
                        .pool("large")
                        .build());
        assertThat(legs(imported, "metal-greeter"))
                .containsExactly(LegBuilder.builder()
                        .platform("darwin/arm64")
                        .external(true)
                        .build());
    }

    @Test
    void aReleaseIsASecondBuildOfTheSameLegsOnTheSameBase() throws ImportRefused {
        var imported = Given.layered(MatrixImportTest::unchanged);

        var build = build(imported, "cpu-greeter").getSpec();
        var release = release(imported, "cpu-greeter-release");
        assertThat(release.source().git())
                .isEqualTo(GitSourceBuilder.builder()
                        .url(build.source().git().url())
                        .ref("refs/tags/v*")
                        .force(true)
                        .inputs(build.source().git().inputs())
                        .build());
        assertThat(release.legs()).isEqualTo(build.legs());
        assertThat(release.base()).isEqualTo(BaseUse.of(new BaseRef("go-debian-12"), "BASE"));
        assertThat(release.baseline()).isEqualTo(new Baseline("cpu-greeter"));
        assertThat(release.image().tags()).containsExactly("${gitTag}-cpu-greeter", "stable-cpu-greeter");
        assertThat(release(imported, "gpu-greeter-release").image().tags()).containsExactly("${gitTag}-gpu-greeter");
        assertThat(release(imported, "metal-greeter-release").legs())
                .containsExactly(LegBuilder.builder()
                        .platform("darwin/arm64")
                        .external(true)
                        .build());
    }

    @Test
    void aMappingThatSaysNothingOfReleasesMakesNone() throws ImportRefused {
        var imported = Given.prebuilt(MatrixImportTest::unchanged, MatrixImportTest::unchanged);

        assertThat(imported.releases()).isEmpty();
        assertThat(imported.counts().releases()).isZero();
    }

    @Test
    void aTagThatAReleaseAndTheBranchesBuildBothWriteIsACollision() throws ImportRefused {
        var mapping = Given.file("mapping.yaml");
        ((ObjectNode) mapping.at("/darwin/release/build/image"))
                .putArray("tags")
                .add("latest-${build}");

        var imported = MatrixImport.of(Mapping.read(mapping), Given.file("matrix.yaml"), Optional.empty());

        assertThat(imported.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.Collision);
            assertThat(finding.name()).isEqualTo("registry.example:5000/app:latest-metal-greeter");
            assertThat(finding.between()).containsExactly("metal-greeter", "metal-greeter-release");
        });
    }

    @Test
    void aReleaseWithoutANameOfItsOwnIsLeftOut() throws ImportRefused {
        var imported = Given.layered(matrix -> Given.row(matrix, 4).put("name", "-cpu-echo-release"));

        assertThat(imported.releases())
                .extracting(one -> one.getMetadata().getName())
                .containsExactly("cpu-echo-release-release", "cpu-greeter-release", "metal-greeter-release");
        assertThat(imported.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.NotExpressible);
            assertThat(finding.message())
                    .isEqualTo(
                            "Left out the release of 'cpu-echo': its name 'cpu-echo-release' is taken by 'cpu-echo-release'.");
        });
    }

    @Test
    void aReleasesNameThatIsTooLongIsCutAndStaysItsOwn() throws ImportRefused {
        var imported = Given.layered(matrix -> {
            Given.addRow(matrix, like("-" + "x".repeat(44) + "a", "-y"));
            Given.addRow(matrix, like("-" + "x".repeat(44) + "b", "-z"));
        });

        assertThat(imported.findings()).isEmpty();
        assertThat(imported.releases())
                .extracting(one -> one.getMetadata().getName())
                .filteredOn(name -> name.matches("x{39}-[0-9a-f]{6}"))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void theReleaseOfAnImageThatIsNotBuiltIsNotBuiltEither() throws ImportRefused {
        var imported = Given.layered(matrix -> Given.row(matrix, 2).put("latest", "false"));

        assertThat(build(imported, "cpu-greeter").getSpec().suspended()).isTrue();
        assertThat(release(imported, "cpu-greeter-release").suspended()).isTrue();
    }

    /** What a changed matrix has to say, apart from what it said before. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void tellsByName(String promise, Consumer<ObjectNode> change, Kind kind, String name, List<String> says)
            throws ImportRefused {
        var found = Given.layered(change).findings().stream()
                .filter(finding -> finding.kind() == kind)
                .toList();

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.name()).isEqualTo(name);
            assertThat(finding.message()).contains(says);
        });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "two rows for one platform of an image",
                        matrix -> Given.row(matrix, 2).put("platforms", "linux/amd64"),
                        Kind.Duplicate,
                        "-cpu-greeter",
                        "linux/amd64",
                        "row 1",
                        "row 2"),
                fault(
                        "rows of one image that disagree in a column that they must have alike",
                        matrix -> Given.row(matrix, 2).put("latest", "false"),
                        Kind.Disagreement,
                        "-cpu-greeter",
                        "latest",
                        "'auto'",
                        "'false'"),
                fault(
                        "rows of one image that need different arguments",
                        matrix -> Given.row(matrix, 2).put("version", "13"),
                        Kind.Disagreement,
                        "-cpu-greeter",
                        "buildArgs.VERSION",
                        "'nothing'",
                        "'13'",
                        "suspended"),
                fault(
                        "rows that share what must be their own",
                        matrix -> Given.row(matrix, 2).put("runner", "hosted"),
                        Kind.Collision,
                        "cache-cpu-greeter-hosted",
                        "cache key",
                        "row 1",
                        "row 2"),
                fault(
                        "an image whose tag is another image's anchor",
                        matrix -> {
                            Given.addRow(matrix, like("-foo-linux-amd64", "-x"));
                            Given.addRow(matrix, like("-latest-foo", "-y"));
                        },
                        Kind.Collision,
                        "registry.example:5000/app:latest-foo-linux-amd64",
                        "foo-linux-amd64 and latest-foo"),
                fault(
                        "one base that is claimed in two ways",
                        matrix -> {
                            Given.addRow(matrix, like("-cpu-other", "-y"));
                            ((ObjectNode) matrix.path("include").path(4)).put("image", "debian-12");
                        },
                        Kind.Claim,
                        "go-debian-12",
                        "buildArgs.UPSTREAM",
                        "'debian:12' by 'cpu-greeter'",
                        "'debian-12' by 'cpu-other'"),
                fault(
                        "a row without a column that each must have",
                        matrix -> Given.row(matrix, 4).remove("image"),
                        Kind.NotExpressible,
                        "-gpu-greeter",
                        "row 4 of 'include'",
                        "no column 'image'"),
                fault(
                        "a column that is no text",
                        matrix -> Given.row(matrix, 4).putArray("image").add("debian:12"),
                        Kind.NotExpressible,
                        "-gpu-greeter",
                        "row 4",
                        "'image' is a list"),
                fault(
                        "a name that no object can have",
                        matrix -> Given.row(matrix, 4).put("name", "-GPU_greeter"),
                        Kind.NotExpressible,
                        "-GPU_greeter",
                        "row 4",
                        "lower case"),
                fault(
                        "a name that is too long for the names of its pods",
                        matrix -> Given.row(matrix, 4).put("name", "-" + "x".repeat(47)),
                        Kind.NotExpressible,
                        "-" + "x".repeat(47),
                        "47 characters",
                        "at most 46"),
                fault(
                        "two images that come to one name",
                        matrix -> Given.row(matrix, 4).put("name", "cpu-echo"),
                        Kind.NotExpressible,
                        "cpu-echo",
                        "row 4",
                        "taken by '-cpu-echo'"),
                fault(
                        "a platform that nobody builds",
                        matrix -> Given.row(matrix, 4).put("platforms", "linux/mips"),
                        Kind.NotExpressible,
                        "-gpu-greeter",
                        "linux/mips",
                        "row 4"),
                fault(
                        "a row without a platform",
                        matrix -> Given.row(matrix, 4).put("platforms", ""),
                        Kind.NotExpressible,
                        "-gpu-greeter",
                        "names no platform"),
                fault(
                        "a column that the mapping does not know",
                        matrix -> Given.row(matrix, 4).put("jobs", "4"),
                        Kind.UnknownColumn,
                        "jobs",
                        "1 rows",
                        "'columns'"),
                fault(
                        "a list that the matrix does not have",
                        matrix -> matrix.remove("includeDarwin"),
                        Kind.NoRows,
                        "includeDarwin",
                        "no rows"));
    }

    private static Arguments fault(
            String promise, Consumer<ObjectNode> change, Kind kind, String name, String... says) {
        return Arguments.of(promise, change, kind, name, List.of(says));
    }

    private static String like(String name, String runner) {
        return """
                {name: %s, platforms: linux/amd64, runner: %s, accelerator: "", image: "debian:12", folder: f, dockerfile: ./Dockerfile.golang}
                """.formatted(name, runner);
    }

    @Test
    void anImageWhoseRowsContradictEachOtherIsNotBuilt() throws ImportRefused {
        var imported = Given.layered(matrix -> Given.row(matrix, 2).put("version", "13"));

        assertThat(build(imported, "cpu-greeter").getSpec().suspended()).isTrue();
        assertThat(imported.builds().stream().filter(one -> one.getSpec().suspended()))
                .hasSize(1);
    }

    @Test
    void aPrefixOfANameIsAnotherImage() throws ImportRefused {
        var imported = Given.layered(matrix -> Given.addRow(matrix, like("-cpu-greeter-two", "-z")));

        assertThat(imported.findings()).isEmpty();
        assertThat(imported.counts().builds()).isEqualTo(4);
        assertThat(legs(imported, "cpu-greeter")).hasSize(2);
        assertThat(legs(imported, "cpu-greeter-two")).hasSize(1);
    }

    @Test
    void aLegOnMacOsJoinsTheImageOfItsName() throws ImportRefused {
        var imported = Given.layered(
                matrix -> ((ObjectNode) matrix.path("includeDarwin").path(0)).put("name", "-cpu-greeter"));

        assertThat(imported.findings()).isEmpty();
        assertThat(imported.counts().builds()).isEqualTo(3);
        assertThat(imported.counts().twoPlatform()).isEqualTo(2);
        assertThat(legs(imported, "cpu-greeter"))
                .containsExactly(
                        LegBuilder.builder()
                                .platform("darwin/arm64")
                                .external(true)
                                .build(),
                        Leg.on("linux/amd64"),
                        Leg.on("linux/arm64"));
    }

    @Test
    void prebuiltBasesThatAreMadeAlikeAreOneBaseImageWithBothTags() throws ImportRefused {
        var imported = Given.prebuilt(MatrixImportTest::unchanged, MatrixImportTest::unchanged);

        assertThat(imported.counts().bases()).isEqualTo(3);
        assertThat(imported.bases())
                .extracting(base -> base.getMetadata().getName())
                .containsExactly("toolbox", "toolbox-gpu");
        var toolbox = imported.bases().getFirst().getSpec();
        assertThat(toolbox.platforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(toolbox.image().tags()).containsExactly("toolbox-amd64", "toolbox-arm64");
        assertThat(build(imported, "cpu-greeter").getSpec().base())
                .isEqualTo(BaseUse.of(new BaseRef("toolbox"), "BASE"));
    }

    @Test
    void aBaseThatIsNotWhatItsConsumerAsksIsTold() throws ImportRefused {
        assertThat(Given.prebuilt(MatrixImportTest::unchanged, MatrixImportTest::unchanged)
                        .findings())
                .filteredOn(finding -> finding.kind() == Kind.BaseDiffers)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.name()).isEqualTo("toolbox-gpu-amd64");
                    assertThat(finding.field()).isEqualTo("image");
                    assertThat(finding.values()).containsExactly("debian:11", "debian:12");
                    assertThat(finding.between()).containsExactly("gpu-greeter");
                });
    }

    @Test
    void legsThatNeedDifferentBasesCannotBeOneBuild() throws ImportRefused {
        var imported = Given.prebuilt(
                MatrixImportTest::unchanged, bases -> Given.row(bases, 2).put("image", "debian:13"));

        assertThat(imported.bases())
                .extracting(base -> base.getMetadata().getName())
                .containsExactly("toolbox-amd64", "toolbox-arm64", "toolbox-gpu");
        assertThat(imported.findings())
                .filteredOn(finding -> finding.kind() == Kind.Disagreement)
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("base.ref.name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("baseFaults")
    void tellsOfBases(String promise, Consumer<ObjectNode> change, Kind kind, String name) throws ImportRefused {
        assertThat(Given.prebuilt(MatrixImportTest::unchanged, change).findings())
                .filteredOn(finding -> finding.kind() == kind)
                .extracting(Finding::name)
                .contains(name);
    }

    static Stream<Arguments> baseFaults() {
        return Stream.of(
                Arguments.of(
                        "one that no row names",
                        change(MatrixImportTest::unchanged),
                        Kind.UnusedOrUnknownBase,
                        "toolbox-old-amd64"),
                Arguments.of(
                        "one that nobody describes",
                        change(bases -> bases.withArray("include").remove(2)),
                        Kind.UnusedOrUnknownBase,
                        "toolbox-gpu-amd64"),
                Arguments.of(
                        "one that is described twice",
                        change(bases -> Given.row(bases, 4).put("tag", "toolbox-amd64")),
                        Kind.Duplicate,
                        "toolbox-amd64"),
                Arguments.of(
                        "one that is not built for a consumer's platform",
                        change(bases -> Given.row(bases, 3).put("arch", "arm64")),
                        Kind.NotExpressible,
                        "-gpu-greeter"));
    }

    private static void unchanged(ObjectNode matrix) {
        assertThat(matrix).isNotEmpty();
    }

    private static Consumer<ObjectNode> change(Consumer<ObjectNode> change) {
        return change;
    }

    @Test
    void withoutTheFileOfTheBasesTheBuildsAreMadeAndItIsTold() throws ImportRefused {
        var imported =
                MatrixImport.of(Mapping.read(Given.file("prebuilt.yaml")), Given.file("matrix.yaml"), Optional.empty());

        assertThat(imported.counts().bases()).isEqualTo(3);
        assertThat(imported.bases()).isEmpty();
        assertThat(imported.findings()).extracting(Finding::message).anyMatch(said -> said.contains("--bases"));
    }

    private static List<Leg> legs(MatrixImport imported, String name) {
        return build(imported, name).getSpec().legs();
    }

    private static BackendBuildSpec release(MatrixImport imported, String name) {
        return imported.releases().stream()
                .filter(one -> one.getMetadata().getName().equals(name))
                .map(BackendBuild::getSpec)
                .findFirst()
                .orElseThrow();
    }

    private static BackendBuild build(MatrixImport imported, String name) {
        return imported.builds().stream()
                .filter(one -> one.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
