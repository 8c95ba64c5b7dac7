package dev.trestle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/** One run of {@code trestle import}: what it answered, said and wrote. */
record ImportRun(int exitCode, String out, String err) {

    static ImportRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new ImportRun(exitCode, out.toString(), err.toString());
    }

    /** The same with {@code --json}. */
    static JsonNode json(String... arguments) throws IOException {
        var all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        return new ObjectMapper().readTree(of(all).out());
    }

    /** By their paths in the folder. */
    static SortedMap<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var entries = Files.walk(folder)) {
            for (var file : entries.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
