package dev.trestle.dockerfile;

import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the program {@code trestle-dockerfile}. Its process is started when it is first needed, answers one request after the other, and
 * ends when it has had none for a while. The operator goes on after any harm that a Dockerfile does to the process: the reads of a
 * Dockerfile that ends it twice are unknown.
 */
public final class DockerfileProgram implements DockerfileReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerfileProgram.class);
    private static final int ATTEMPTS = 2;
    private static final int MOST_REQUEST_BYTES = 8 << 20;
    private static final DockerfileRequest SAMPLE =
            new DockerfileRequest("FROM scratch\nCOPY a /\n", List.of(), Optional.empty());
    private static final DockerfileReads OF_SAMPLE = new DockerfileReads.Paths(List.of("a"), false, List.of());

    private final Path program;
    private final Times times;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    private Optional<ReaderProcess> process = Optional.empty();
    private Optional<Future<?>> end = Optional.empty();

    /**
     * How long it may take.
     *
     * @param answer for one request, on a busy machine: the program itself bounds long work
     * @param idle before the process ends
     */
    public record Times(Duration answer, Duration idle) {
        public static final Times USUAL = new Times(Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    /** @param program a path, or a name to look for in the PATH */
    public DockerfileProgram(Path program, Times times) {
        this.program = program;
        this.times = times;
    }

    /** The program is missing, or another one. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(Path program, String why) {
            super(
                    ("The program '%s', which reads Dockerfiles, does not work: %s. The operator's image has it; in a clone of the "
                                    + "repository, 'hack/dockerfile-reader' builds it with Go and prints where it is: give that path by "
                                    + "'--dockerfile-reader' or TRESTLE_DOCKERFILE_READER.")
                            .formatted(program, why));
        }
    }

    /** @throws Unusable when the program does not answer as it should */
    public DockerfileProgram verified() {
        var read = read(SAMPLE);
        if (!read.equals(OF_SAMPLE)) {
            throw new Unusable(program, "it answers %s".formatted(read));
        }
        return this;
    }

    @Override
    public synchronized DockerfileReads read(DockerfileRequest request) {
        var line = ReaderJson.of(request);
        if (line.length > MOST_REQUEST_BYTES) {
            return new DockerfileReads.Unknown(
                    "with its arguments it is longer than %d bytes".formatted(MOST_REQUEST_BYTES));
        }
        var failure = "";
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return ReaderJson.answer(running().ask(line, times.answer(), clock));
            } catch (ReaderFailed e) {
                failure = String.valueOf(e.getMessage());
                LOG.atWarn()
                        .addKeyValue("attempt", attempt)
                        .addKeyValue("cause", failure)
                        .log("Reader of Dockerfiles failed");
                stop();
            } finally {
                endWhenIdle();
            }
        }
        return new DockerfileReads.Unknown(
                "the program that reads it failed %d times: %s".formatted(ATTEMPTS, failure));
    }

    private ReaderProcess running() {
        if (process.isEmpty()) {
            try {
                process = Optional.of(ReaderProcess.start(program));
            } catch (IOException e) {
                throw new Unusable(program, String.valueOf(e.getMessage()));
            }
        }
        return process.get();
    }

    private void endWhenIdle() {
        end.ifPresent(scheduled -> scheduled.cancel(false));
        end = Optional.of(clock.schedule(this::stop, times.idle().toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void stop() {
        process.ifPresent(ReaderProcess::close);
        process = Optional.empty();
    }

    /** Of the process that runs now; tests kill it. */
    synchronized Optional<Long> pid() {
        return process.map(ReaderProcess::pid);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        stop();
    }
}
