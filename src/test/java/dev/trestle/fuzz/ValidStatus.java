package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.fuzz.StatusSchema.Place;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Statuses of one kind that the API server takes though the operator has never written them. */
final class ValidStatus {
    private static final Set<String> UNIQUE = Set.of("map", "set");
    private static final List<Long> NUMBERS = List.of(0L, 1L, 2L, 21L, (long) Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final int MOST_SEEN = 200;

    private final StatusSchema schema;
    /** Values by their place, such as {@code status.legs[].pod}. */
    private final Map<String, List<JsonNode>> seen = new TreeMap<>();

    private final Chance chance;

    ValidStatus(StatusSchema schema, Chance chance) {
        this.schema = schema;
        this.chance = chance;
    }

    /** By kind, for each kind that has a status. */
    static Map<String, ValidStatus> ofAllKinds(Chance chance) throws IOException {
        var statuses = new TreeMap<String, ValidStatus>();
        StatusSchema.ofAllKinds().forEach((kind, schema) -> statuses.put(kind, new ValidStatus(schema, chance)));
        return statuses;
    }

    /** What this status has, others may have. */
    void learn(ObjectNode status) {
        for (var place : schema.places(status)) {
            var values = seen.computeIfAbsent(place.path(), _ -> new ArrayList<>());
            if (!place.value().isMissingNode() && values.size() < MOST_SEEN) {
                values.add(place.value());
            }
        }
    }

    /** The same status, but in one to four fields. */
    ObjectNode changed(ObjectNode status) {
        var changed = status.deepCopy();
        for (var changes = 1 + chance.below(4); changes > 0; changes--) {
            change(chance.pick(schema.places(changed)));
        }
        return changed;
    }

    private void change(Place place) {
        if (place.value().isMissingNode() || chance.oneIn(3)) {
            exchange(place);
        } else if (!place.isRequired() && chance.oneIn(2)) {
            place.parent().remove(place.name());
        } else {
            vary(place);
        }
    }

    /** What another status has there. */
    private void exchange(Place place) {
        var others = seen.getOrDefault(place.path(), List.of());
        if (!others.isEmpty() && !place.isKey()) {
            place.parent().set(place.name(), chance.pick(others).deepCopy());
        }
    }

    private void vary(Place place) {
        var allowed = place.schema();
        switch (allowed.getType()) {
            case "boolean" -> place.parent().put(place.name(), !place.value().asBoolean());
            case "integer" -> place.parent().put(place.name(), within(allowed, chance.pick(NUMBERS)));
            case "string" -> text(place);
            case "array" -> items((ArrayNode) place.value(), allowed);
            default -> {}
        }
    }

    private static long within(JSONSchemaProps allowed, long number) {
        var least = Objects.requireNonNullElse(allowed.getMinimum(), 0.0).longValue();
        var most = Objects.requireNonNullElse(allowed.getMaximum(), 1e15).longValue();
        return Math.clamp(number, least, most);
    }

    private void text(Place place) {
        var allowed = place.schema();
        if ("date-time".equals(allowed.getFormat())) {
            place.parent().put(place.name(), chance.time());
        } else if (place.isKey() || allowed.getPattern() != null) {
            exchange(place);
        } else if (!allowed.getEnum().isEmpty()) {
            place.parent().set(place.name(), chance.pick(allowed.getEnum()));
        } else {
            var text = chance.text();
            var least = Objects.requireNonNullElse(allowed.getMinLength(), 0L).intValue();
            var most = Objects.requireNonNullElse(allowed.getMaxLength(), 100L).intValue();
            place.parent()
                    .put(
                            place.name(),
                            text.length() < least
                                    ? "x".repeat(least)
                                    : text.substring(0, Math.min(text.length(), most)));
        }
    }

    private void items(ArrayNode items, JSONSchemaProps allowed) {
        var mayShrink = items.size() > Objects.requireNonNullElse(allowed.getMinItems(), 0L);
        var mayGrow = items.size() < Objects.requireNonNullElse(allowed.getMaxItems(), Long.MAX_VALUE)
                && !UNIQUE.contains(allowed.getXKubernetesListType());
        if (mayShrink && (!mayGrow || chance.oneIn(2))) {
            items.remove(chance.below(items.size()));
        } else if (mayGrow && !items.isEmpty()) {
            items.add(items.get(chance.below(items.size())).deepCopy());
        }
    }
}
