package dev.trestle.core.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagPatternTest {
    private static final TagPattern RELEASES = TagPattern.of("refs/tags/v*").orElseThrow();

    @ParameterizedTest(name = "{0} is lower than {1}")
    @CsvSource({
        "v1.9, v1.10",
        "v1.9.9, v1.10",
        "v1.10, v1.10.0",
        "v1.10.0, v1.10.1",
        "v1.99, v2",
        "v2, v10",
        "v0.0.9, v0.0.10",
        "v1.8, v1.09",
        "v1.9, v1.010",
        "v20261121, v20261122",
        "v99999999999999999998, v99999999999999999999",
    })
    void versionsAreComparedNumberByNumber(String lower, String higher) {
        assertThat(RELEASES.isLower(lower, higher)).isTrue();
        assertThat(RELEASES.isLower(higher, lower)).isFalse();
        assertThat(RELEASES.releasesAmong(List.of("refs/tags/" + higher, "refs/tags/" + lower)))
                .containsExactly(lower, higher);
    }

    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource({
        "refs/tags/v*,            v1,            true",
        "refs/tags/v*,            v1.2.3.4,      true",
        "refs/tags/v*,            v,             false",
        "refs/tags/v*,            vfoo,          false",
        "refs/tags/v*,            v1.x,          false",
        "refs/tags/v*,            v1.,           false",
        "refs/tags/v*,            v.1,           false",
        "refs/tags/v*,            v1..2,         false",
        "refs/tags/v*,            v-1,           false",
        "refs/tags/v*,            v١,            false",
        "refs/tags/v*,            1.2,           false",
        "refs/tags/v*,            v2.0.0-rc1,    false",
        "refs/tags/v*,            v2.0.0rc1,     false",
        "refs/tags/v*,            v1.2.3+k3s1,   false",
        "refs/tags/v2.0.0-rc*,    v2.0.0-rc1,    true",
        "refs/tags/v2.0.0-rc*,    v2.0.0,        false",
        "refs/tags/v*-lts,        v1.2-lts,      true",
        "refs/tags/v*-lts,        v1.2,          false",
        "refs/tags/*,             1.2,           true",
        "refs/tags/*,             v1.2,          false",
        "refs/tags/backend/v*,    backend/v1.2,  true",
        "refs/tags/backend/v*,    v1.2,          false",
        "refs/tags/v1.*1,         v1.1,          false",
        "refs/tags/v1.*1,         v1.11,         true",
    })
    void onlyTheTagOfAVersionIsARelease(String pattern, String tag, boolean is) {
        assertThat(TagPattern.of(pattern).orElseThrow().selects(tag)).isEqualTo(is);
    }

    @Test
    void whatIsNoReleaseHasNoOrder() {
        assertThat(RELEASES.isLower("v1", "vfoo")).isFalse();
        assertThat(RELEASES.isLower("vfoo", "v1")).isFalse();
    }

    @Test
    void branchesAndJunkAreLeftOut() {
        assertThat(RELEASES.releasesAmong(
                        List.of("refs/heads/v3", "refs/tags/v2", "refs/tags/vx", "refs/tags/v10", "refs/tags/v")))
                .containsExactly("v2", "v10");
    }

    /** A status holds 255 characters of a tag. */
    @Test
    void aTagThatIsTooLongIsNoRelease() {
        assertThat(RELEASES.selects("v" + "1".repeat(254))).isTrue();
        assertThat(RELEASES.selects("v" + "1".repeat(255))).isFalse();
    }

    @Test
    void oneRefIsNoPattern() {
        assertThat(TagPattern.of("refs/tags/v1.2.0")).isEmpty();
    }

    /** Equal in order means equal, the other way round is the opposite, and what is between is between. */
    @Test
    void versionsHaveATotalOrder() {
        var chance = new Random(7);
        var versions = IntStream.range(0, 120)
                .mapToObj(_ -> version(chance))
                .distinct()
                .toList();
        for (var a : versions) {
            for (var b : versions) {
                assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
                assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
                for (var c : versions) {
                    assertThat(a.compareTo(b) < 0 && b.compareTo(c) < 0 && a.compareTo(c) >= 0)
                            .as("%s < %s < %s", a, b, c)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void theOrderInWhichTagsArriveSaysNothing() {
        var chance = new Random(11);
        var refs = new ArrayList<>(Stream.generate(() -> version(chance))
                .limit(60)
                .map(version -> "refs/tags/v" + version.text())
                .distinct()
                .toList());
        var sorted = RELEASES.releasesAmong(refs);
        for (var i = 0; i < 50; i++) {
            Collections.shuffle(refs, chance);
            assertThat(RELEASES.releasesAmong(refs)).isEqualTo(sorted);
        }
    }

    private static Version version(Random chance) {
        var parts = IntStream.rangeClosed(0, chance.nextInt(3))
                .mapToObj(_ -> (chance.nextInt(5) == 0 ? "0" : "") + chance.nextInt(4))
                .toList();
        return Version.of(String.join(".", parts)).orElseThrow();
    }
}
