package dev.trestle.dockerfile;

import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program of this tree, built where it is not: by Go, in seconds, and once for each version. */
public final class ReaderProgram {
    private static final Path BUILT = built();
    private static final DockerfileProgram PROGRAM = new DockerfileProgram(BUILT, DockerfileProgram.Times.USUAL);

    private ReaderProgram() {}

    public static Path path() {
        return BUILT;
    }

    /** What the program of this tree tells; one process for all tests of a JVM. */
    public static DockerfileReads reads(DockerfileRequest request) {
        return PROGRAM.read(request);
    }

    private static Path built() {
        try {
            var build = new ProcessBuilder("hack/dockerfile-reader")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var path = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (build.waitFor() != 0) {
                throw new IllegalStateException("'hack/dockerfile-reader' failed: its message is above");
            }
            return Path.of(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
