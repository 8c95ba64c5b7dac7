package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A number of a matrix as GitHub writes it where a text is needed: a double of 15 digits (the format {@code G15}), without zeros at its
 * end. <a href="https://docs.github.com/actions/reference/workflows-and-actions/expressions#literals">GitHub's expressions</a>.
 */
final class GitHubNumber {
    private static final int DIGITS = 15;
    private static final int LEAST_EXPONENT = -5;

    private GitHubNumber() {}

    /** The number as it is written in the file, with its digits and without an exponent. */
    static String written(JsonNode number) {
        return number.isBigDecimal() ? number.decimalValue().toPlainString() : number.asText();
    }

    /** The number as a job gets it. */
    static String inJobs(JsonNode number) {
        var value = number.doubleValue();
        if (Double.isInfinite(value)) {
            return value < 0 ? "-Infinity" : "Infinity";
        }
        var rounded = new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        var exponent = rounded.precision() - rounded.scale() - 1;
        if (rounded.signum() == 0 || (exponent >= LEAST_EXPONENT && exponent < DIGITS)) {
            return rounded.toPlainString();
        }
        return "%sE%s%02d"
                .formatted(
                        rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString(),
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}
