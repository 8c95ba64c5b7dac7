package dev.trestle.core.inputs;

import static dev.trestle.api.InputKind.Base;
import static dev.trestle.api.InputKind.BuildArgs;
import static dev.trestle.api.InputKind.Recipe;
import static dev.trestle.api.InputKind.Source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import dev.trestle.core.Sources;
import dev.trestle.core.SpecBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegInputsTest {
    private static final Given LAST =
            new Given(aSpec(), Leg.on("linux/arm64"), "1f3a", Optional.of("quay.io/base@sha256:b1"));

    static Stream<Arguments> moves() {
        return Stream.of(
                given("another commit", then -> then.at("9c0d"), Source),
                spec("another Dockerfile", spec -> spec.dockerfile("other/Dockerfile"), Recipe),
                spec("another context", spec -> spec.context("app"), Recipe),
                spec("a stage to build", spec -> spec.target("runtime"), Recipe),
                spec("the base goes to another argument", spec -> spec.onBase("python", "OTHER"), Recipe),
                leg(
                        "another platform",
                        LegBuilder.builder().platform("linux/amd64").build(),
                        Recipe),
                leg(
                        "cross-built instead of native",
                        LegBuilder.builder()
                                .platform("linux/arm64")
                                .buildPlatform("linux/amd64")
                                .build(),
                        Recipe),
                spec("one more argument", spec -> spec.arg("C", "3"), BuildArgs),
                given("another base digest", then -> then.on("quay.io/base@sha256:b2"), Base),
                given("the base in another repository", then -> then.on("ghcr.io/base@sha256:b1"), Base),
                given("no base any more", Given::onNone, Base),
                given(
                        "a commit and a base at once",
                        then -> then.at("9c0d").on("quay.io/base@sha256:b2"),
                        Source,
                        Base));
    }

    static Stream<Arguments> movesNothing() {
        return Stream.of(
                spec(
                        "another branch at the same commit",
                        spec -> spec.following("https://git.example/acme/app.git", "refs/heads/next")),
                spec(
                        "the same files in a fork",
                        spec -> spec.following("https://git.example/fork.git", "refs/heads/main")),
                spec("a branch that is pinned to its commit", spec -> spec.pinnedTo("1f3a")),
                spec("the default Dockerfile, written out", spec -> spec.dockerfile("Dockerfile")),
                spec("the default context, written out", spec -> spec.context(".")),
                leg(
                        "the default build platform, written out",
                        LegBuilder.builder()
                                .platform("linux/arm64")
                                .buildPlatform("linux/arm64")
                                .build()),
                leg(
                        "another pool",
                        LegBuilder.builder()
                                .platform("linux/arm64")
                                .pool("large")
                                .build()),
                spec("another sibling", spec -> spec.legs("linux/arm64", "linux/amd64", "linux/s390x")),
                spec("another name for the same base", spec -> spec.onBase("python-3", "BASE")),
                spec("other tags", spec -> spec.tags("v2", "latest")),
                spec("other repositories", spec -> spec.repositories("ghcr.io/acme/app")),
                spec("another push secret", spec -> spec.pushSecret("robot")),
                spec("another git secret", spec -> spec.gitSecret("reader")),
                spec("a cache that is written", spec -> spec.writingCache("quay.io/acme/cache")),
                spec("a cache that is only read", spec -> spec.readingCache("quay.io/acme/cache")),
                spec("suspended", SpecBuilder::suspended));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"moves", "movesNothing"})
    void aChangeMovesItsInputAndNoOther(String change, UnaryOperator<Given> then, List<InputKind> moved) {
        var now = then.apply(new Given(aSpec(), LAST.leg(), LAST.revision(), LAST.base()))
                .inputs();

        assertThat(Moved.between(LAST.inputs().inputs(), now.inputs()))
                .extracting(Moved::kind)
                .isEqualTo(moved);
        assertThat(now.fingerprint().equals(LAST.inputs().fingerprint()))
                .as("is not built again")
                .isEqualTo(moved.isEmpty());
    }

    @Test
    void theOrderOfBuildArgumentsIsNoInput() {
        assertThat(argsOf(SpecBuilder.aSpec().arg("A", "1").arg("B", "2")))
                .isEqualTo(argsOf(SpecBuilder.aSpec().arg("B", "2").arg("A", "1")));
    }

    static Stream<Arguments> otherArguments() {
        return Stream.of(
                arguments("another value", SpecBuilder.aSpec().arg("A", "2").arg("B", "2")),
                arguments("another name", SpecBuilder.aSpec().arg("A", "1").arg("C", "2")),
                arguments("one less", SpecBuilder.aSpec().arg("A", "1")),
                arguments(
                        "an empty value is not none",
                        SpecBuilder.aSpec().arg("A", "1").arg("B", "2").arg("C", "")),
                arguments("values swapped", SpecBuilder.aSpec().arg("A", "2").arg("B", "1")),
                arguments(
                        "a letter from the value to the name",
                        SpecBuilder.aSpec().arg("A1", "").arg("B", "2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherArguments")
    void otherArgumentsAreAnotherInput(String change, SpecBuilder spec) {
        assertThat(argsOf(spec))
                .isNotEqualTo(argsOf(SpecBuilder.aSpec().arg("A", "1").arg("B", "2")));
    }

    @Test
    void standInTheOrderOfTheKinds() {
        assertThat(LAST.inputs().inputs()).extracting(Input::kind).containsExactly(Source, Recipe, BuildArgs, Base);
        assertThat(LAST.onNone().inputs().inputs()).extracting(Input::kind).containsExactly(Source, Recipe, BuildArgs);
    }

    @Test
    void areShownAsWhatTheyAre() {
        assertThat(LAST.inputs().inputs())
                .contains(new Input(Source, "1f3a"), new Input(Base, "quay.io/base@sha256:b1"));
    }

    /** The status keeps fingerprints: whatever changes this value makes an upgrade of the operator rebuild every image. */
    @Test
    void theFingerprintStaysTheSameFromReleaseToRelease() {
        assertThat(LAST.inputs().fingerprint())
                .isEqualTo("06e35702822306dace49aa85cdf1ce666ce70e62ea95f6869da961cd543e1f58");
    }

    @Test
    void anOlderVersionsFingerprintStaysWhatItWas() {
        var inputs = LegInputs.of(
                InputsVersion.FIRST, LAST.spec().build(), LAST.leg(), Sources.filesAt("1f3a"), LAST.base());
        assertThat(inputs.fingerprint())
                .isEqualTo(LAST.inputs().asVersion1().fingerprint())
                .isEqualTo("f6a3587d0c6b6c0a8991b720625dd6298b122a2ec727b7425e3e517e9949d77d");
    }

    /** A status holds 512 characters of a value, and {@code fromSource} may have more. */
    @Test
    void aLongTextInThePlaceOfABaseIsHashed() {
        assertThat(instead("x".repeat(507))).isEqualTo("MADE=" + "x".repeat(507));
        assertThat(instead("x".repeat(508))).matches("sha256:[0-9a-f]{64}").isNotEqualTo(instead("y".repeat(508)));
    }

    private static String instead(String value) {
        var spec = aSpec().orFromSource("MADE", value).build();
        return LegInputs.of(spec, LAST.leg(), List.of(), Optional.empty()).inputs().stream()
                .filter(input -> input.kind() == Base)
                .map(Input::value)
                .findFirst()
                .orElseThrow();
    }

    /** 48 bits are found twice within a minute; these differ in the last of 160. */
    @Test
    void valuesThatBeginAlikeAreNotTheSame() {
        var one = new RecordedInputs(2, List.of(new Input(Source, "Dockerfile", "ab".repeat(19) + "ab")));
        var other = List.of(new Input(Source, "Dockerfile", "ab".repeat(19) + "ac"));
        assertThat(one.movedTo(other, 2, List.of()))
                .extracting(Moved::sentence)
                .containsExactly("Source Dockerfile %1$sab -> %1$sac".formatted("ab".repeat(19)));
    }

    record Given(SpecBuilder spec, Leg leg, String revision, Optional<String> base) {
        Given at(String commit) {
            return new Given(spec, leg, commit, base);
        }

        Given on(String image) {
            return new Given(spec, leg, revision, Optional.of(image));
        }

        Given onNone() {
            return new Given(spec, leg, revision, Optional.empty());
        }

        LegInputs inputs() {
            return LegInputs.of(spec.build(), leg, Sources.filesAt(revision), base);
        }
    }

    private static SpecBuilder aSpec() {
        return SpecBuilder.aSpec()
                .legs("linux/arm64", "linux/amd64")
                .onBase("python", "BASE")
                .arg("A", "1")
                .arg("B", "2");
    }

    private static Input argsOf(SpecBuilder spec) {
        return LegInputs.of(spec.build(), Leg.on("linux/amd64"), Sources.filesAt("1f3a"), Optional.empty())
                .inputs()
                .get(2);
    }

    private static Arguments given(String change, UnaryOperator<Given> then, InputKind... moved) {
        return arguments(change, then, List.of(moved));
    }

    private static Arguments spec(String change, UnaryOperator<SpecBuilder> then, InputKind... moved) {
        return given(
                change, last -> new Given(then.apply(last.spec()), last.leg(), last.revision(), last.base()), moved);
    }

    private static Arguments leg(String change, Leg leg, InputKind... moved) {
        return given(change, last -> new Given(last.spec(), leg, last.revision(), last.base()), moved);
    }
}
