package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
    /** The longest names that the API server lets through, and more attempts than anybody asks for. */
    private static final String BUILD = "b".repeat(46);

    private static final String BASE = "b".repeat(41);
    private static final String NAMESPACE = "n".repeat(63);
    private static final int ATTEMPT = 40_000;

    private static final String FINGERPRINT = Hash.of(List.of("inputs"));
    private static final int DNS_LABEL = 63;

    static Stream<Platform> platforms() {
        var names = Schema.PLATFORM.substring(Schema.PLATFORM.indexOf('(') + 1, Schema.PLATFORM.indexOf(')'));
        return Stream.of(names.split("[|]", -1)).map(name -> Platform.parse("linux/" + name));
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void aPodOfTheLongestBuildStillHasAHostName(Platform platform) {
        assertThat(Names.legPod(BUILD, platform, FINGERPRINT, ATTEMPT))
                .matches(Schema.LABEL)
                .hasSizeLessThanOrEqualTo(DNS_LABEL);
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void theAnchorOfTheLongestBuildIsATagThatNoPublishedTagMayBeginLike(Platform platform) {
        assertThat(Names.anchor(BUILD, platform, "")).matches(Schema.TAG).startsWith(BUILD + "-linux-");
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void theCacheOfTheLongestBuildInTheLongestNamespaceIsATag(Platform platform) {
        assertThat(Names.cacheTag(NAMESPACE, BUILD, platform)).matches(Schema.TAG);
    }

    @Test
    void aMergeOfTheLongestBuildIsNoLongerThanAMergeMayBe() {
        assertThat(Names.merge(BUILD, "content", "before"))
                .matches(Schema.LABEL)
                .hasSizeLessThanOrEqualTo(DNS_LABEL);
    }

    @Test
    void theBuildOfTheLongestBaseIsNoLongerThanABuildMayBe() {
        assertThat(Names.buildOfBase(BASE)).matches(Schema.LABEL).hasSizeLessThanOrEqualTo(BUILD.length());
    }

    @Test
    void readAsPeopleExpect() {
        var arm = Platform.parse("linux/arm/v7");

        assertThat(Names.legPod("app", arm, "1f3a9c0d", 2)).isEqualTo("app-arm-v7-1f3a9c-2");
        assertThat(Names.anchor("app", arm, "")).isEqualTo("app-linux-arm-v7");
        assertThat(Names.cacheTag("team", "app", arm)).isEqualTo("team-app-linux-arm-v7");
        assertThat(Names.cacheTag("team-a", "app", arm)).isEqualTo("team-a_app-linux-arm-v7");
        assertThat(Names.buildOfBase("python")).isEqualTo("python-base");
        assertThat(Names.merge("app", "content", "")).matches("app-[0-9a-f]{8}");
    }

    @Test
    void noTwoBuildsShareACacheTag() {
        var names = List.of("a", "b", "c", "a-b", "b-c", "a-b-c", "linux", "a-linux");
        assertThat(names.stream()
                        .flatMap(namespace -> names.stream()
                                .flatMap(build ->
                                        platforms().map(platform -> Names.cacheTag(namespace, build, platform)))))
                .doesNotHaveDuplicates();
    }

    /** Builds whose names end like a platform begins. */
    @Test
    void noTwoLegsShareAPodOrAnAnchor() {
        var builds = List.of("app", "app-arm", "app-arm-v7", "app-linux", "app-linux-arm", "app-amd64");

        assertThat(builds.stream().flatMap(build -> platforms().map(on -> Names.legPod(build, on, FINGERPRINT, 1))))
                .doesNotHaveDuplicates();
        assertThat(builds.stream().flatMap(build -> platforms().map(on -> Names.anchor(build, on, ""))))
                .doesNotHaveDuplicates();
    }

    @Test
    void otherInputsAndOtherAttemptsAreOtherPods() {
        var amd64 = Platform.parse("linux/amd64");
        var other = Hash.of(List.of("other inputs"));

        assertThat(Stream.of(
                        Names.legPod("app", amd64, FINGERPRINT, 1),
                        Names.legPod("app", amd64, FINGERPRINT, 2),
                        Names.legPod("app", amd64, other, 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void publishingAThenBThenAAgainIsThreeMerges() {
        var a = Names.merge("app", "a", "");
        var b = Names.merge("app", "b", a);
        var again = Names.merge("app", "a", b);

        assertThat(List.of(a, b, again)).doesNotHaveDuplicates();
        assertThat(Names.merge("app", "a", b)).as("a repeated create").isEqualTo(again);
    }
}
