package dev.trestle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** The type of a scalar without quotes by YAML's core schema. */
final class CoreScalar {
    private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Digits, with those that an exponent adds, of which a number is made; longer ones stay texts. A double has up to 308 before its point. */
    private static final int DIGITS = 400;

    private CoreScalar() {}

    static JsonNode of(String plain) {
        if (plain.length() > DIGITS) {
            return NODES.textNode(plain);
        }
        var tag = RESOLVER.resolve(plain, true);
        if (Tag.NULL.equals(tag)) {
            return NODES.nullNode();
        }
        if (Tag.BOOL.equals(tag)) {
            return NODES.booleanNode(plain.equalsIgnoreCase("true"));
        }
        if (Tag.INT.equals(tag)) {
            return integer(plain);
        }
        if (Tag.FLOAT.equals(tag)) {
            return decimal(plain);
        }
        return NODES.textNode(plain);
    }

    private static JsonNode integer(String plain) {
        var value = plain.startsWith("0x")
                ? new BigInteger(plain.substring(2), 16)
                : plain.startsWith("0o") ? new BigInteger(plain.substring(2), 8) : new BigInteger(plain);
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    /** Infinity and not-a-number stay as they are written. */
    private static JsonNode decimal(String plain) {
        try {
            var value = new BigDecimal(plain);
            return Math.abs((long) value.scale()) > DIGITS ? NODES.textNode(plain) : DecimalNode.valueOf(value);
        } catch (NumberFormatException e) {
            return NODES.textNode(plain);
        }
    }
}
