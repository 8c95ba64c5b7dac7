package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.config.Pool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pool of the file a leg goes to. */
class PoolChoiceTest {
    private static final String FILE = """
            builderImage: ghcr.io/acme/builder:1
            mergeImage: ghcr.io/acme/operator:1
            pools:
            - {name: small, platforms: [linux/amd64]}
            - {name: arm, platforms: [linux/arm64, linux/arm/v7]}
            - {name: large, platforms: [linux/arm64, linux/amd64]}
            """;

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "     , linux/amd64,   the first pool of the platform,             small",
        "     , linux/arm64,   the first again,                            arm",
        "     , linux/arm/v7,  a variant is a platform of its own,         arm",
        "large, linux/amd64,   the pool that the leg names,                large",
        "small, linux/arm64,   a named pool without the platform is none,  ",
        "huge , linux/amd64,   so is one that does not exist,              ",
        "     , linux/s390x,   no pool builds on it,                       "
    })
    void aLegGoesTo(@Nullable String named, String platform, String promise, @Nullable String expected)
            throws Exception {
        assertThat(ConfigurationFile.parse(FILE)
                        .poolFor(Optional.ofNullable(named), platform)
                        .map(Pool::name))
                .isEqualTo(Optional.ofNullable(expected));
    }
}
