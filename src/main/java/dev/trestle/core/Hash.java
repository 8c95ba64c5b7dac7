package dev.trestle.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over a list of texts, each with its length before it, so that no two lists run together. */
public final class Hash {
    private Hash() {}

    /** @return 64 hexadecimal digits */
    public static String of(List<String> parts) {
        var all = new Parts();
        parts.forEach(all::add);
        return all.value();
    }

    /** @return the first {@code digits} hexadecimal digits of {@link #of} */
    public static String shortOf(int digits, List<String> parts) {
        return of(parts).substring(0, digits);
    }

    /** The same as {@link #of}, over texts that are given one after the other. */
    public static final class Parts {
        private final MessageDigest digest = sha256();

        public void add(String part) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }

        /** @return 64 hexadecimal digits; nothing may be added after it */
        public String value() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** A new digest, for content that is not a list of texts. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
