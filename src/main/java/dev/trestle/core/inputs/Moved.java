package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An input that differs from the one the leg was last built with. Either side is empty when the build had no such input.
 *
 * @param name which of its kind, where a kind has more than one: a path or a glob
 */
public record Moved(InputKind kind, @Nullable String name, Optional<String> from, Optional<String> to) {
    private record Key(InputKind kind, @Nullable String name) {
        static Key of(Input input) {
            return new Key(input.kind(), input.name());
        }
    }

    /** @return the changes, in the order of the kinds; empty when there are none */
    public static List<Moved> between(List<Input> built, List<Input> now) {
        var from = byKey(built);
        var to = byKey(now);
        var keys = new LinkedHashSet<Key>();
        built.forEach(input -> keys.add(Key.of(input)));
        now.forEach(input -> keys.add(Key.of(input)));
        return keys.stream()
                .sorted(Comparator.comparing(Key::kind))
                .map(key -> new Moved(
                        key.kind(), key.name(), Optional.ofNullable(from.get(key)), Optional.ofNullable(to.get(key))))
                .filter(moved -> !moved.from().equals(moved.to()))
                .toList();
    }

    private static Map<Key, String> byKey(List<Input> inputs) {
        return inputs.stream().collect(Collectors.toMap(Key::of, Input::value, (first, _) -> first, HashMap::new));
    }

    /** As people read it: {@code Source backend/go/** 1f3a -> 9c0d}. */
    public String sentence() {
        var values = InputsVersion.shown(from.orElse(FileInputs.NOTHING), to.orElse(FileInputs.NOTHING));
        return "%s %s -> %s".formatted(input(), values.getFirst(), values.getLast());
    }

    /** The input as people name it: {@code Source backend/go/**}, or {@code Base}. */
    public String input() {
        return nameOf(kind, name);
    }

    static String nameOf(Input input) {
        return nameOf(input.kind(), input.name());
    }

    private static String nameOf(InputKind kind, @Nullable String name) {
        return name == null ? kind.name() : kind + " " + name;
    }
}
