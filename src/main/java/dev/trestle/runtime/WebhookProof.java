package dev.trestle.runtime;

import dev.trestle.core.Hash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether the sender of a request knows one of the secrets. It is asked when the whole body has passed by; nothing of the
 * body is kept, however long it is.
 *
 * <p>GitHub, Gitea and the generic form sign the body by HMAC-SHA-256; GitLab sends the secret itself.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub</a>
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">GitLab</a>
 * @see <a href="https://docs.gitea.com/usage/webhooks">Gitea</a>
 */
final class WebhookProof {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String TOKEN = "X-Gitlab-Token";

    /** How a signature is written. */
    private enum Form {
        GITHUB("X-Hub-Signature-256", "sha256="),
        GITEA("X-Gitea-Signature", ""),
        GENERIC("X-Trestle-Signature", "sha256=");

        private final String header;
        private final String prefix;

        Form(String header, String prefix) {
            this.header = header;
            this.prefix = prefix;
        }

        Optional<byte[]> read(Function<String, @Nullable String> headers) {
            return Optional.ofNullable(headers.apply(header))
                    .filter(value -> value.startsWith(prefix))
                    .flatMap(value -> bytes(value.substring(prefix.length())));
        }

        private static Optional<byte[]> bytes(String hexadecimal) {
            try {
                return Optional.of(HexFormat.of().parseHex(hexadecimal));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private final List<byte[]> signatures;
    private final List<Mac> expected = new ArrayList<>();
    private final boolean byToken;

    /**
     * @param headers by their names
     * @param secrets of which one is enough
     */
    WebhookProof(Function<String, @Nullable String> headers, List<byte[]> secrets) {
        this.signatures = Stream.of(Form.values())
                .flatMap(form -> form.read(headers).stream())
                .toList();
        this.byToken = isOneOf(headers.apply(TOKEN), secrets);
        if (!signatures.isEmpty()) {
            secrets.forEach(secret -> expected.add(hmac(secret)));
        }
    }

    /** Whether there is anything to wait for: without it, the body need not be read. */
    boolean isPossible() {
        return byToken || !signatures.isEmpty();
    }

    void update(byte[] body, int offset, int length) {
        expected.forEach(mac -> mac.update(body, offset, length));
    }

    /** To be asked once. Every signature is compared with every secret's, in a time that tells nothing. */
    boolean holds() {
        var found = byToken;
        for (var mac : expected) {
            var right = mac.doFinal();
            for (var signature : signatures) {
                found |= MessageDigest.isEqual(right, signature);
            }
        }
        return found;
    }

    /** Hashes of the secrets are compared, which are of one length. */
    private static boolean isOneOf(@Nullable String token, List<byte[]> secrets) {
        if (token == null) {
            return false;
        }
        var given = Hash.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
        var found = false;
        for (var secret : secrets) {
            found |= MessageDigest.isEqual(given, Hash.sha256().digest(secret));
        }
        return found;
    }

    private static Mac hmac(byte[] secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
