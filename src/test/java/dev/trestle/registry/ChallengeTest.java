package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms of RFC 9110 that registries use. */
class ChallengeTest {
    private static final Challenge BEARER =
            new Challenge("bearer", Map.of("realm", "https://auth/token", "service", "s"));

    @Test
    void spellingsOfOneChallengeAreEqual() {
        for (var header : List.of(
                "Bearer realm=\"https://auth/token\",service=\"s\"",
                "Bearer service=\"s\",realm=\"https://auth/token\"",
                "bearer   Realm = \"https://auth/token\" ,  SERVICE =\ts",
                "BEARER realm=https://auth/token, service=s",
                "Bearer realm=\"https:\\/\\/auth/token\", service=\"s\"",
                ",, Bearer realm=\"https://auth/token\",,service=\"s\",")) {
            assertThat(Challenge.of(List.of(header))).as(header).containsExactly(BEARER);
        }
    }

    @Test
    void severalAreReadFromOneHeaderAndFromMany() {
        var bearer = "Bearer realm=\"https://auth/token\",service=\"s\"";
        var basic = new Challenge("basic", Map.of("realm", "x, Bearer y"));
        var negotiate = new Challenge("negotiate", Map.of());

        assertThat(Challenge.of(List.of("Basic realm=\"x, Bearer y\", " + bearer)))
                .containsExactly(basic, BEARER);
        assertThat(Challenge.of(List.of("Negotiate", bearer))).containsExactly(negotiate, BEARER);
        assertThat(Challenge.of(List.of("Negotiate, " + bearer + ", Basic realm=\"x, Bearer y\"")))
                .containsExactly(negotiate, BEARER, basic);
    }

    @Test
    void anEmptyParameterIsNone() {
        assertThat(Challenge.of(List.of("Bearer realm=\"r\",service=\"\""))
                        .getFirst()
                        .parameter("service"))
                .isEmpty();
    }

    @Test
    void textThatIsNoChallengeIsPassedOver() {
        assertThat(Challenge.of(List.of())).isEmpty();
        assertThat(Challenge.of(List.of("=\"", "\u0000\"))((", "Bearer realm=\"never closed")))
                .isNotNull();
    }

    @Test
    void noMoreAreReadThanTheLimit() {
        assertThat(Challenge.of(List.of("Basic,".repeat(Challenge.MOST)))).hasSize(Challenge.MOST);
        assertThat(Challenge.of(List.of("Basic,".repeat(Challenge.MOST + 1)))).hasSize(Challenge.MOST);
    }
}
