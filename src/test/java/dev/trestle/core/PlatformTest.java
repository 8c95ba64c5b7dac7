package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    @ParameterizedTest(name = "{0} is {1} in tags and {2} in pods")
    @CsvSource({
        "linux/amd64,   linux-amd64,   amd64",
        "linux/386,     linux-386,     386",
        "linux/arm/v7,  linux-arm-v7,  arm-v7",
        "darwin/arm64,  darwin-arm64,  darwin-arm64"
    })
    void hasAFormForTagsAndAShorterOneForPods(String written, String inTags, String inPods) {
        var platform = Platform.parse(written);

        assertThat(platform).hasToString(written);
        assertThat(platform.dashed()).isEqualTo(inTags);
        assertThat(platform.shortName()).isEqualTo(inPods);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "linux",
                "amd64",
                "linux-amd64",
                "linux/arm/v7/hf",
                "linux/",
                "/amd64",
                "/",
                "linux/arm/",
                "linux//v7"
            })
    void whatHasNotTwoOrThreeFullPartsIsNone(String text) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' is no platform; it must read like 'linux/arm64'", text);
    }

    @ParameterizedTest(name = "{0} runs on nodes of {1}")
    @CsvSource({"linux/amd64, amd64", "linux/386, amd64", "linux/arm64, arm64", "linux/arm/v7, arm"})
    void runsOnNodesForWhichThereIsAKubelet(String platform, String nodes) {
        assertThat(Platform.parse(platform).nodeArchitecture()).isEqualTo(nodes);
    }

    @Test
    void theirOrderIsThatOfTheirNames() {
        assertThat(Stream.of("linux/s390x", "linux/arm/v7", "linux/arm64", "linux/amd64", "darwin/arm64")
                        .map(Platform::parse)
                        .sorted())
                .map(Platform::toString)
                .containsExactly("darwin/arm64", "linux/amd64", "linux/arm/v7", "linux/arm64", "linux/s390x");
    }
}
