package dev.trestle.core.inputs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "third/sub/**,      true",
        "third/sub/src,     true",
        "third/sub/src/*.c, true",
        "third/*/src,       true",
        "third/**,          true",
        "**/*.md,           true",
        "third/sub,         true",
        "*.md,              false",
        "third/subtle/**,   false",
        "first/**,          false",
    })
    void maySelectWithinASubmodule(String glob, boolean may) {
        assertThat(Glob.of(glob).maySelectWithin("third/sub")).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({
        "go.mod,                go.mod,                     true",
        "go.mod,                go.modx,                    false",
        "go.mod,                sub/go.mod,                 false",
        "backend/go,            backend/go/main.go,         true",
        "backend/go,            backend/go,                 true",
        "backend/go/,           backend/go/a/b.go,          true",
        "backend/go,            backend/golang/main.go,     false",
        "./backend,             backend/x,                  true",
        ".,                     anything/at/all,            true",
        "**,                    anything/at/all,            true",
        "backend/go/**,         backend/go/a/b.go,          true",
        "backend/go/**,         backend/go,                 false",
        "backend/*/run.sh,      backend/x/run.sh,           true",
        "backend/*/run.sh,      backend/x/y/run.sh,         false",
        "backend/*,             backend/x/y,                false",
        "**/*.md,               README.md,                  true",
        "**/*.md,               docs/a/b.md,                true",
        "**/*.md,               docs/a/b.mdx,               false",
        "docs/**/*.md,          docs/a.md,                  true",
        "a?.txt,                ab.txt,                     true",
        "a?.txt,                a/.txt,                     false",
        "a+b.(c),               a+b.(c),                    true",
        "a.b,                   axb,                        false",
        "**/test,               x/test,                     true",
    })
    void selects(String glob, String path, boolean selected) {
        assertThat(Glob.of(glob).selects(path)).isEqualTo(selected);
    }

    @Test
    void everyCharacterOfANameIsOne() {
        assertThat(Glob.of("**").selects("a\nb")).isTrue();
        assertThat(Glob.of(".").selects("a\rb")).isTrue();
        assertThat(Glob.of("src").selects("src/a\nb")).isTrue();
        assertThat(Glob.of("?.txt").selects("\uD83D\uDE00.txt")).isTrue();
    }

    @Test
    void aGlobThatIsTooLongSelectsEverything() {
        assertThat(Glob.of("x".repeat(Glob.LONGEST)).selects("other")).isFalse();
        assertThat(Glob.of("x".repeat(Glob.LONGEST + 1)).selects("other")).isTrue();
    }

    /** Each of these would keep a matcher that tries again busy for years. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("costly")
    void aMatchCostsAtMostTheProductOfBothLengths(String glob, String path) {
        var matcher = Glob.of(glob).matcher();

        assertThat(matcher.selects(path)).isFalse();
        assertThat(matcher.work()).isLessThanOrEqualTo(4L * glob.length() * path.length());
    }

    static Stream<Arguments> costly() {
        return Stream.of(
                arguments("*?".repeat(15) + "X", "requirements-cublas12-after.txt"),
                arguments("*a".repeat(250) + "X", "a".repeat(4096)),
                arguments("**/".repeat(40) + "X", "d/".repeat(2000) + "f"),
                arguments("**/*?".repeat(40) + "X", "d/".repeat(2000) + "f"),
                arguments("**a".repeat(300) + "X", "a".repeat(4096)));
    }

    /** What the docstring of {@link Glob} says, word for word: slow, and good for short texts alone. */
    @Test
    void theMatcherAgreesWithThePlainMeaning() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 200_000; round++) {
            var glob = text(random, "ab/*?**", 8);
            var path = text(random, "ab/", 8);
            var plain = glob.replaceFirst("/+$", "");
            assertThat(Glob.of(glob).selects(path))
                    .as("seed %d: '%s' of '%s'", seed, glob, path)
                    .isEqualTo(plain.isEmpty()
                            || (Glob.hasWildcard(plain)
                                    ? means(plain, path)
                                    : path.equals(plain) || path.startsWith(plain + "/")));
        }
    }

    private static String text(Random random, String letters, int longest) {
        return random.ints(random.nextInt(longest), 0, letters.length())
                .mapToObj(letter -> letters.substring(letter, letter + 1))
                .collect(joining());
    }

    private static boolean means(String glob, String path) {
        if (glob.isEmpty()) {
            return path.isEmpty();
        }
        if (glob.startsWith("**/")) {
            return IntStream.rangeClosed(0, path.length())
                    .filter(end -> end == 0 || path.charAt(end - 1) == '/')
                    .anyMatch(end -> means(glob.substring(3), path.substring(end)));
        }
        var stars = glob.startsWith("**") ? 2 : glob.startsWith("*") ? 1 : 0;
        if (stars > 0) {
            return IntStream.rangeClosed(0, path.length())
                    .filter(end -> stars == 2 || path.lastIndexOf('/', end - 1) < 0)
                    .anyMatch(end -> means(glob.substring(stars), path.substring(end)));
        }
        return !path.isEmpty()
                && (glob.charAt(0) == '?' ? path.charAt(0) != '/' : glob.charAt(0) == path.charAt(0))
                && means(glob.substring(1), path.substring(1));
    }
}
