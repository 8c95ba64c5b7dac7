package dev.trestle.builder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a script of images/builder as a container would, with recordings in the place of BuildKit's programs. */
record BuilderScript(Path folder, Map<String, String> environment) {

    static final Path RECORDINGS = Path.of("src/test/resources/builder").toAbsolutePath();

    /** How a script ended; {@code result} is the termination message, empty if there is none. */
    record Outcome(int exitCode, String result, String output) {}

    BuilderScript with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new BuilderScript(folder, Map.copyOf(more));
    }

    Path resultFile() {
        return folder.resolve("result");
    }

    Process start(String script, String... options) throws IOException {
        var command = Stream.concat(
                Stream.of(Path.of("images/builder", script).toAbsolutePath().toString()), Stream.of(options));
        var builder = new ProcessBuilder(command.toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("PATH", RECORDINGS.resolve("replay") + ":" + System.getenv("PATH"));
        builder.environment().put("TRESTLE_RESULT", resultFile().toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    Outcome run(String script, String... options) throws IOException, InterruptedException {
        return await(start(script, options));
    }

    Outcome await(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the script did not end: " + text("output"));
        }
        return new Outcome(process.exitValue(), text("result"), text("output"));
    }

    private String text(String name) throws IOException {
        var file = folder.resolve(name);
        // not readString: a build may print anything
        return Files.exists(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    }
}
