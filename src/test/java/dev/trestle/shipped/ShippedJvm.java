package dev.trestle.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts a main class of the tests in a JVM of its own, with the flags of {@code images/operator/trestle} and the heap that they come to
 * under the memory limit of the chart. A limit on outside input is true only if the operator survives it there.
 */
public final class ShippedJvm {
    private static final Path LAUNCHER = Path.of("images", "operator", "trestle");
    private static final Path VALUES = Path.of("charts", "trestle", "values.yaml");
    private static final Pattern MEMORY_LIMIT = Pattern.compile("(?m)^  limits: \\{memory: (\\d+)Mi}$");
    private static final Pattern PERCENTAGE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");
    private static final String HOME = property("java.home");

    private ShippedJvm() {}

    /**
     * How the program ended.
     *
     * @param exitCode 0, or 3 when the JVM ended at an OutOfMemoryError
     * @param output of its standard output, and {@code errors} of its standard error
     */
    public record Ended(int exitCode, String output, String errors) {}

    /**
     * Runs the program to its end.
     *
     * @param main has a {@code main} method
     * @param longest after it, the program is killed
     * @throws AssertionError when it takes longer
     */
    public static Ended run(Class<?> main, Duration longest, String... arguments)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("shipped-jvm");
        var output = folder.resolve("output");
        var errors = folder.resolve("errors");
        var process = new ProcessBuilder(command(main, arguments))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        process.environment().put("MALLOC_ARENA_MAX", "2");
        var program = process.start();
        try {
            var ended = program.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            var told = new Ended(ended ? program.exitValue() : -1, Files.readString(output), Files.readString(errors));
            if (!ended) {
                throw new AssertionError("%s takes longer than %s: %s".formatted(main.getSimpleName(), longest, told));
            }
            return told;
        } finally {
            program.destroyForcibly();
            Files.delete(output);
            Files.delete(errors);
            Files.delete(folder);
        }
    }

    /** The largest heap, in bytes. */
    public static long heapBytes() throws IOException {
        var limit = number(MEMORY_LIMIT, VALUES) << 20;
        return limit * number(PERCENTAGE, LAUNCHER) / 100;
    }

    /** The flags of the JVM, as the image starts it. */
    public static List<String> flags() throws IOException {
        var script = Files.readString(LAUNCHER);
        var started = script.substring(script.indexOf("exec java ") + "exec java ".length());
        return Stream.of(started.split("[\\s\\\\]+"))
                .takeWhile(word -> !word.equals("-jar"))
                .filter(word -> word.startsWith("-"))
                .toList();
    }

    private static List<String> command(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(HOME, "bin", "java").toString());
        command.addAll(flags());
        command.add("-Xmx" + heapBytes());
        command.addAll(List.of("-cp", property("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    private static long number(Pattern pattern, Path file) throws IOException {
        var found = pattern.matcher(Files.readString(file));
        if (!found.find()) {
            throw new IllegalStateException("'%s' has no '%s'".formatted(file, pattern));
        }
        return Long.parseLong(found.group(1));
    }
}
