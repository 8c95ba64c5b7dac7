package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trestle.security.Hostile;
import java.util.List;
import java.util.Random;

/** All chance of a run: the same seed gives the same objects in the same order. */
final class Chance {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONG_TEXT = 20_000;
    private static final int DEEP = 100;

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** @return from 0 to {@code bound}, without it */
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    /** What breaks out of places that take it for text, or letters of all the world, or far too many. */
    String text() {
        return switch (random.nextInt(8)) {
            case 0 -> letters(random.nextInt(40));
            case 1 -> "x".repeat(random.nextInt(LONG_TEXT));
            default -> pick(Hostile.VALUES);
        };
    }

    private String letters(int length) {
        return random.ints(length, 1, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    String digest() {
        return "sha256:" + "%064x".formatted(random.nextLong() & Long.MAX_VALUE);
    }

    String time() {
        return pick(List.of(
                "1970-01-01T00:00:00Z", "2026-11-21T12:00:00Z", "2026-11-21T12:00:01Z", "2199-12-31T23:59:59Z"));
    }

    /** A value of any kind. */
    JsonNode value() {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2, 3 -> number();
            case 4 -> texts();
            case 5 -> JSON.arrayNode();
            case 6 -> JSON.objectNode();
            case 7 -> deep();
            default -> JSON.textNode(text());
        };
    }

    JsonNode number() {
        return switch (random.nextInt(3)) {
            case 0 -> JSON.numberNode(pick(List.of(-1, 0, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE)));
            case 1 -> JSON.numberNode(pick(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53)));
            default -> JSON.numberNode(pick(List.of(0.5, -1e300, 1e18)));
        };
    }

    /** A list of texts, or of what should be texts. */
    JsonNode texts() {
        var texts = JSON.arrayNode();
        for (var more = random.nextInt(40); more > 0; more--) {
            texts.add(oneIn(20) ? JSON.nullNode() : JSON.textNode(text()));
        }
        return texts;
    }

    private JsonNode deep() {
        JsonNode inner = JSON.textNode(text());
        for (var depth = random.nextInt(DEEP); depth > 0; depth--) {
            inner = JSON.objectNode().set("a", inner);
        }
        return inner;
    }
}
