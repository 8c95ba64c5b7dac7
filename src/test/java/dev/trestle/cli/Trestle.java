package dev.trestle.cli;

import java.util.ArrayList;
import java.util.List;

/** The command line, as its tests elsewhere run it. */
public final class Trestle {
    private Trestle() {}

    /** @return the exit code */
    public static int run(String command, String namespace, String... arguments) {
        var words = new ArrayList<>(List.of(command, "-n", namespace));
        words.addAll(List.of(arguments));
        return Main.commandLine().execute(words.toArray(String[]::new));
    }
}
