package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.core.Hash;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of the rule that finds a leg's inputs and writes their values. Version 1 writes the first digits of an id or a hash,
 * version 2 all of them, so that either can be compared with the other; docs/adr/0016 has the rule for upgrades.
 */
public final class InputsVersion {
    /** Wrote 12 digits of ids and hashes, and no version. */
    public static final int FIRST = 1;

    public static final int PRESENT = Input.VERSION;

    /**
     * Hexadecimal digits of a hash, as many as git's object ids have: 160 bits, so that two contents of one value cannot be found. More
     * would make statuses longer and nothing stronger, since the hashed values are object ids.
     */
    public static final int DIGITS = 40;

    private static final int FIRST_DIGITS = 12;

    /** A mode of git where it is no plain file, then an id or a hash. */
    private static final Pattern HEXADECIMAL = Pattern.compile("(?:[0-7]{6}:)?[0-9a-f]+");

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private InputsVersion() {}

    static String fingerprint(int version, List<Input> inputs) {
        var parts = inputs.stream().flatMap(input -> Stream.of(Moved.nameOf(input), input.value()));
        return version == FIRST
                ? Hash.of(parts.toList())
                : Hash.of(Stream.concat(Stream.of("inputs", String.valueOf(version)), parts)
                        .toList());
    }

    /** Whether it can name pods; a status may have been written by hand. */
    public static boolean isFingerprint(String text) {
        return FINGERPRINT.matcher(text).matches();
    }

    /** @return the value as that version writes it */
    static String cut(int version, String value) {
        return version == FIRST ? first(FIRST_DIGITS, value) : value;
    }

    static String cut(int version, Input input) {
        return isHashed(input.kind()) ? cut(version, input.value()) : input.value();
    }

    /** Whether two versions have written these values of the same content: one is the beginning of the other. */
    static boolean meanTheSame(InputKind kind, String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        var isCut = isHashed(kind) && digits(one) >= FIRST_DIGITS && digits(other) >= FIRST_DIGITS;
        return isCut && (one.startsWith(other) || other.startsWith(one));
    }

    /** The value as people read it: its first 12 digits when it is an id or a hash. */
    public static String shown(String value) {
        return first(FIRST_DIGITS, value);
    }

    /** Two values that differ, as people read them: as many digits as tell them apart. */
    static List<String> shown(String from, String to) {
        var digits = FIRST_DIGITS;
        while (!from.equals(to) && first(digits, from).equals(first(digits, to))) {
            digits++;
        }
        return List.of(first(digits, from), first(digits, to));
    }

    private static boolean isHashed(InputKind kind) {
        return switch (kind) {
            case Source, Recipe, BuildArgs -> true;
            case Base, Refresh, Request -> false;
        };
    }

    private static String first(int digits, String value) {
        return digits(value) > digits ? value.substring(0, value.indexOf(':') + 1 + digits) : value;
    }

    /** How many hexadecimal digits it has; none when it is no id and no hash. */
    private static int digits(String value) {
        return HEXADECIMAL.matcher(value).matches() ? value.length() - value.indexOf(':') - 1 : 0;
    }
}
