package dev.trestle.source;

import dev.trestle.api.BuildArg;
import dev.trestle.core.inputs.FileRecipe;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recipes of the builds that follow one ref. A build that is edited asks for another; those that no build has any more go with the
 * next look, or once they take too much.
 */
final class Recipes {
    /** In characters. */
    private static final long MOST_UNCHECKED = 1 << 20;

    private final Set<FileRecipe> asked = ConcurrentHashMap.newKeySet();
    private final AtomicLong unchecked = new AtomicLong();

    /** @return whether it is asked for the first time */
    boolean add(FileRecipe recipe, Supplier<Set<FileRecipe>> wanted) {
        if (!asked.add(recipe)) {
            return false;
        }
        if (unchecked.addAndGet(lengthOf(recipe)) > MOST_UNCHECKED) {
            keep(Stream.concat(wanted.get().stream(), Stream.of(recipe)).collect(Collectors.toSet()));
        }
        return true;
    }

    /** Forgets the others. */
    void keep(Set<FileRecipe> wanted) {
        asked.retainAll(wanted);
        unchecked.set(0);
    }

    Set<FileRecipe> all() {
        return Set.copyOf(asked);
    }

    boolean areAmong(Set<FileRecipe> known) {
        return known.containsAll(asked);
    }

    private static long lengthOf(FileRecipe recipe) {
        return Stream.concat(
                        recipe.inputs().stream(), recipe.buildArgs().stream().flatMap(Recipes::texts))
                .mapToLong(String::length)
                .sum();
    }

    private static Stream<String> texts(BuildArg argument) {
        return Stream.of(argument.name(), argument.value());
    }
}
