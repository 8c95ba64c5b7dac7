package dev.trestle.core.inputs;

import static dev.trestle.api.InputKind.Base;
import static dev.trestle.api.InputKind.BuildArgs;
import static dev.trestle.api.InputKind.Recipe;
import static dev.trestle.api.InputKind.Source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.api.Input;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MovedTest {
    private static final Input OLD_COMMIT = new Input(Source, "1f3a");
    private static final Input NEW_COMMIT = new Input(Source, "9c0d");
    private static final Input ARGS = new Input(BuildArgs, "aa");
    private static final Input BASE = new Input(Base, "quay.io/base@sha256:b1");

    static Stream<Arguments> cases() {
        return Stream.of(
                arguments(
                        "equal inputs have not moved", List.of(OLD_COMMIT, ARGS), List.of(OLD_COMMIT, ARGS), List.of()),
                arguments("neither have none", List.of(), List.of(), List.of()),
                arguments(
                        "a moved input says from where to where",
                        List.of(OLD_COMMIT),
                        List.of(NEW_COMMIT),
                        List.of("Source 1f3a -> 9c0d")),
                arguments(
                        "a new input came from none",
                        List.of(ARGS),
                        List.of(ARGS, BASE),
                        List.of("Base none -> quay.io/base@sha256:b1")),
                arguments(
                        "a dropped input goes to none",
                        List.of(ARGS, BASE),
                        List.of(ARGS),
                        List.of("Base quay.io/base@sha256:b1 -> none")),
                arguments(
                        "the order in which they were written moves nothing",
                        List.of(BASE, OLD_COMMIT),
                        List.of(OLD_COMMIT, BASE),
                        List.of()),
                arguments(
                        "several are told in the order of the kinds",
                        List.of(BASE, new Input(Recipe, "r1"), OLD_COMMIT),
                        List.of(new Input(Recipe, "r2"), NEW_COMMIT, BASE),
                        List.of("Source 1f3a -> 9c0d", "Recipe r1 -> r2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsWhatMoved(String promise, List<Input> built, List<Input> now, List<String> sentences) {
        assertThat(Moved.between(built, now)).extracting(Moved::sentence).isEqualTo(sentences);
    }
}
