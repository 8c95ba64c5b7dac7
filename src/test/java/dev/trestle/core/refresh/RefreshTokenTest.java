package dev.trestle.core.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    static Stream<Optional<String>> requests() {
        return Stream.of("please", "Sat Nov 21, 12:00", "requested twice", "x, upstream y, again", "scheduled now, ok")
                .map(Optional::of);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatSomebodyAskedForIsFoundAgainWhateverElseAsks(Optional<String> request) {
        var upstream = new TreeMap<>(Map.of("ubuntu:24.04", "sha256:0123456789abcdef", "golang:1", "sha256:fedcba"));
        for (var scheduled :
                Stream.of(Optional.<Instant>empty(), Optional.of(NOON)).toList()) {
            for (var images : Stream.of(new TreeMap<String, String>(), upstream).toList()) {
                var token = RefreshToken.of(scheduled, request, images).orElseThrow();
                assertThat(RefreshToken.requestIn(token)).as(token).isEqualTo(request);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduled 2026-11-21T12:00:00Z",
                "upstream ubuntu:24.04@0123456789ab",
                "scheduled 2026-11-21T12:00:00Z, upstream ubuntu:24.04@0123456789ab golang:1@fedcba",
                "anything else"
            })
    void whereNobodyAskedNothingIsFound(String token) {
        assertThat(RefreshToken.requestIn(token)).isEmpty();
    }
}
