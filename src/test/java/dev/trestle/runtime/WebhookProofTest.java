package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookProofTest {
    /** Secret, body and signature are those of GitHub's documentation. */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final String BODY = "Hello, World!";
    private static final String RIGHT = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "X-Hub-Signature-256, sha256=" + RIGHT + ", true",
                "X-Hub-Signature-256, " + RIGHT + ", false",
                "X-Hub-Signature-256, sha1=" + RIGHT + ", false",
                "X-Hub-Signature-256, sha256=, false",
                "X-Hub-Signature-256, sha256=757107, false",
                "X-Hub-Signature-256, sha256=not hexadecimal, false",
                "X-Hub-Signature, sha256=" + RIGHT + ", false",
                "X-Gitea-Signature, " + RIGHT + ", true",
                "X-Gitea-Signature, sha256=" + RIGHT + ", false",
                "X-Gitea-Signature, 00" + RIGHT + ", false",
                "X-Trestle-Signature, sha256=" + RIGHT + ", true",
                "X-Trestle-Signature, sha256=00" + RIGHT + ", false",
                "X-Gitlab-Token, It's a Secret to Everybody, true",
                "X-Gitlab-Token, It's a Secret to Nobody, false",
                "X-Gitlab-Token, ``, false",
                "X-Gitlab-Token, " + RIGHT + ", false",
                "Authorization, It's a Secret to Everybody, false",
            })
    void signatures(String header, String value, boolean holds) {
        assertThat(holds(Map.of(header, value), List.of(SECRET), BODY)).isEqualTo(holds);
    }

    @Test
    void anotherBodyIsNotSigned() {
        assertThat(holds(Map.of("X-Gitea-Signature", RIGHT), List.of(SECRET), BODY + " "))
                .isFalse();
    }

    @Test
    void oneOfSeveralSecretsIsEnough() {
        assertThat(holds(Map.of("X-Gitea-Signature", RIGHT), List.of("the next secret", SECRET), BODY))
                .isTrue();
        assertThat(holds(Map.of("X-Gitlab-Token", SECRET), List.of("the next secret", SECRET), BODY))
                .isTrue();
    }

    @Test
    void anotherSecretIsNone() {
        assertThat(holds(Map.of("X-Gitea-Signature", RIGHT), List.of("the next secret"), BODY))
                .isFalse();
    }

    @Test
    void ofSeveralSignaturesOneThatIsRightIsEnough() {
        var headers = Map.of("X-Gitea-Signature", RIGHT, "X-Hub-Signature-256", "sha256=" + "0".repeat(64));
        assertThat(holds(headers, List.of(SECRET), BODY)).isTrue();
    }

    @Test
    void withoutAnyTheBodyNeedNotBeRead() {
        assertThat(new WebhookProof(_ -> null, bytes(List.of(SECRET))).isPossible())
                .isFalse();
    }

    private static boolean holds(Map<String, String> headers, List<String> secrets, String body) {
        var proof = new WebhookProof(headers::get, bytes(secrets));
        var passing = body.getBytes(StandardCharsets.UTF_8);
        proof.update(passing, 0, 5);
        proof.update(passing, 5, passing.length - 5);
        return proof.holds();
    }

    private static List<byte[]> bytes(List<String> secrets) {
        return secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
