package dev.trestle.core.merge;

import dev.trestle.core.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The sha256 digest of some content, as registries write it: {@code sha256:} and 64 hex digits. */
public record Digest(String value) implements Comparable<Digest> {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    /**
     * Takes a digest in its written form.
     *
     * @throws IllegalArgumentException when {@code value} is no sha256 digest
     */
    public Digest {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "'%s' is no digest; it must be 'sha256:' and 64 hex digits.".formatted(value));
        }
    }

    /** Whether this is a digest in its written form. */
    public static boolean isWellFormed(String value) {
        return FORM.matcher(value).matches();
    }

    public static Digest of(byte[] content) {
        var sha256 = Hash.sha256();
        sha256.update(content);
        return of(sha256);
    }

    /** The digest of the bytes that {@code sha256} was fed, for content that is not kept. */
    public static Digest of(MessageDigest sha256) {
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    static Digest of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** The first twelve hex digits, for logs and tables. */
    public String brief() {
        return value.substring("sha256:".length(), "sha256:".length() + 12);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
