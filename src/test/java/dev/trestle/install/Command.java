package dev.trestle.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** A program that has run to its end. */
record Command(List<String> line, int exitCode, String output, String errors) {

    /** @throws AssertionError when the program is not on the PATH */
    static Command run(List<String> line) throws IOException, InterruptedException {
        var errors = Files.createTempFile("command", ".errors");
        try {
            var process =
                    new ProcessBuilder(line).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Command(line, process.waitFor(), output, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    String outputOfSuccess() {
        if (exitCode != 0) {
            throw new AssertionError(
                    "'%s' ended with %d: %s%s".formatted(String.join(" ", line), exitCode, errors, output));
        }
        return output;
    }
}
