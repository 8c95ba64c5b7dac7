package dev.trestle.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that has ended, and what it wrote to both its outputs. */
public record Command(int exitCode, String output) {

    /** Runs a program that is on the PATH, and waits for its end. */
    public static Command run(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Command(process.waitFor(), output.strip());
    }
}
