package dev.trestle.core.releases;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Numbers with dots between, compared number by number: 1.9 &lt; 1.10 &lt; 1.10.0 &lt; 1.10.1. A text with more than that is no version: a
 * build that follows releases does not mean a pre-release such as {@code 2.0.0-rc1}.
 *
 * @param text tells versions of equal numbers apart, such as 1.9 and 1.09
 */
record Version(List<BigInteger> numbers, String text) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final Pattern DOT = Pattern.compile("\\.");

    Version {
        numbers = List.copyOf(numbers);
    }

    /** @return empty when it is no version */
    static Optional<Version> of(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new Version(
                        Stream.of(DOT.split(text)).map(BigInteger::new).toList(), text))
                : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        var both = Math.min(numbers.size(), other.numbers.size());
        for (var i = 0; i < both; i++) {
            var order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        var order = Integer.compare(numbers.size(), other.numbers.size());
        return order == 0 ? text.compareTo(other.text) : order;
    }
}
