package dev.trestle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HashTest {

    static Stream<Arguments> unequal() {
        return Stream.of(
                arguments("the border between two parts counts", List.of("ab", "c"), List.of("a", "bc")),
                arguments("one part is not two", List.of("ab"), List.of("a", "b")),
                arguments("an empty part counts", List.of(""), List.of()),
                arguments("so does where it stands", List.of("", "a"), List.of("a", "")),
                arguments("order counts", List.of("a", "b"), List.of("b", "a")),
                arguments("a part cannot look like two", List.of("a1:b"), List.of("a", "b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unequal")
    void noTwoListsRunTogether(String promise, List<String> one, List<String> other) {
        assertThat(Hash.of(one)).isNotEqualTo(Hash.of(other));
    }

    /** Fingerprints and names outlive the operator: another value here makes an upgrade rebuild every image. */
    @Test
    void staysTheSameFromReleaseToRelease() {
        assertThat(Hash.of(List.of())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Hash.of(List.of("a"))).isEqualTo("4162fddd39a3e4225e8e2392eced237fbeb34e6e218b5647d27bd4d2b9c0da24");
        assertThat(Hash.of(List.of("é", "bcd")))
                .as("a length is counted in bytes of UTF-8")
                .isEqualTo("39c4bf8be9dfaa6028660c9f34af1dbb0298c399615aa032deb65bc26c024489");
    }

    @Test
    void theShortFormIsItsBeginning() {
        assertThat(Hash.shortOf(12, List.of("a"))).isEqualTo("4162fddd39a3");
    }
}
