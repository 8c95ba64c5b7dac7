package dev.trestle.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.SpecBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The value of a build argument is the one text that may hold anything: it arrives whole, and as nothing else. */
class InertArgumentsTest {
    static final List<String> HOSTILE = Hostile.VALUES;
    private static final String ALPHABET = "$$$(){}ab,=\"'-:\\` DOCKER_CONFIG";

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void hostileValueArrivesWhole(String value) {
        Rendering.isInert(build(value));
    }

    @Test
    void anyValueArrivesWhole() {
        var random = new Random(7);
        for (int number = 0; number < 2_000; number++) {
            Rendering.isInert(build(IntStream.range(0, random.nextInt(12))
                    .mapToObj(_ -> ALPHABET.substring(random.nextInt(ALPHABET.length()))
                            .substring(0, 1))
                    .collect(Collectors.joining())));
        }
    }

    /** What the tests above believe of the kubelet and of BuildKit. */
    @ParameterizedTest
    @CsvSource({"$(A), x", "$$(A), $(A)", "$$$(A), $x", "a$b, a$b", "a$$b, a$b", "$(B), $(B)", "$(A, $(A", "$, $"})
    void kubeletPutsVariablesIn(String argument, String expected) {
        assertThat(Expansion.of(argument, Map.of("A", "x"))).isEqualTo(expected);
    }

    @Test
    void buildkitSplitsAtCommasOutsideOfQuotes() {
        assertThat(Csv.fields("type=image,\"name=a,b\",push=true"))
                .containsExactly("type=image", "name=a,b", "push=true");
        assertThat(Csv.fields("\"a\"\"b\",c")).containsExactly("a\"b", "c");
    }

    private static BackendBuild build(String value) {
        var build = new BackendBuild();
        build.setMetadata(new ObjectMetaBuilder()
                .withName("cart")
                .withNamespace("shop")
                .withUid("0b9cb4ac")
                .build());
        build.setSpec(
                SpecBuilder.aSpec().pushSecret("registry").arg("VALUE", value).build());
        return build;
    }
}
