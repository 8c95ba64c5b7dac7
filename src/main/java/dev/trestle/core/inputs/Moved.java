package dev.trestle.core.inputs;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An input that differs from the one the leg was last built with. Either side is empty when the build had no such input. */
public record Moved(InputKind kind, Optional<String> from, Optional<String> to) {

    /** @return what moved, in the order of the kinds; empty when nothing did */
    public static List<Moved> between(List<Input> built, List<Input> now) {
        var moved = new ArrayList<Moved>();
        for (var kind : InputKind.values()) {
            var from = valueOf(kind, built);
            var to = valueOf(kind, now);
            if (!from.equals(to)) {
                moved.add(new Moved(kind, from, to));
            }
        }
        return moved;
    }

    /** As people read it: {@code Source 1f3a -> 9c0d}. */
    public String sentence() {
        return "%s %s -> %s".formatted(kind, from.orElse("none"), to.orElse("none"));
    }

    private static Optional<String> valueOf(InputKind kind, List<Input> inputs) {
        return inputs.stream()
                .filter(input -> input.kind() == kind)
                .map(Input::value)
                .findFirst();
    }
}
