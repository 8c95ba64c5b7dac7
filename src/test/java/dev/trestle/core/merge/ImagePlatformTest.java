package dev.trestle.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePlatformTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "linux/amd64,     linux/amd64",
        "linux/x86_64,    linux/amd64",
        "linux/amd64/v1,  linux/amd64",
        "linux/amd64/v3,  linux/amd64/v3",
        "linux/arm64/v8,  linux/arm64",
        "linux/aarch64,   linux/arm64",
        "linux/arm64/v9,  linux/arm64/v9",
        "linux/arm,       linux/arm/v7",
        "linux/arm/7,     linux/arm/v7",
        "linux/armhf,     linux/arm/v7",
        "linux/arm/v6,    linux/arm/v6",
        "linux/riscv64,   linux/riscv64",
        "macos/arm64,     darwin/arm64"
    })
    void hasOneNormalForm(String written, String normal) {
        assertThat(ImagePlatform.parse(written)).hasToString(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "linux/", "Linux/amd64", "linux/amd64/v1/x", "linux/amd64 ", ""})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> ImagePlatform.parse(text))
                .hasMessageContaining("is no platform; write os/architecture");
    }
}
