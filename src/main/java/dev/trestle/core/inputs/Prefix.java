package dev.trestle.core.inputs;

import java.util.Optional;

/** Files whose path begins with a text. Known of a folder: the rest of the text, for the files in it. */
record Prefix(String text) implements FileWalk.Choice<String> {
    @Override
    public String top() {
        return text;
    }

    @Override
    public Optional<String> within(String left, String name) {
        var path = name + "/";
        return left.startsWith(path)
                ? Optional.of(left.substring(path.length()))
                : path.startsWith(left) ? Optional.of("") : Optional.empty();
    }

    @Override
    public boolean takes(String left, String name, boolean submodule) {
        return name.startsWith(left);
    }
}
