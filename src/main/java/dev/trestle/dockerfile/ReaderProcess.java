package dev.trestle.dockerfile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One process of the program: a request a line, an answer a line. Of one thread at a time. */
final class ReaderProcess {
    private static final int MOST_ANSWER_BYTES = 1 << 20;
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Process process;
    private final OutputStream requests;
    private final InputStream answers;

    private ReaderProcess(Process process) {
        this.process = process;
        this.requests = process.getOutputStream();
        this.answers = new BufferedInputStream(process.getInputStream());
    }

    /** @throws IOException when there is no such program */
    static ReaderProcess start(Path program) throws IOException {
        var builder = new ProcessBuilder(List.of(program.toString())).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear(); // nothing in it is its business
        return new ReaderProcess(builder.start());
    }

    /**
     * @param deadline after which the process is killed
     * @throws ReaderFailed when it ends, is killed, or says too much; then this is to be closed
     */
    byte[] ask(byte[] request, Duration deadline, ScheduledExecutorService clock) throws ReaderFailed {
        var late = clock.schedule(this::close, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            requests.write(request);
            requests.write('\n');
            requests.flush();
            return line();
        } catch (IOException e) {
            throw new ReaderFailed(late.isDone() ? "it took more than %d ms".formatted(deadline.toMillis()) : ended());
        } finally {
            late.cancel(false);
        }
    }

    private byte[] line() throws IOException, ReaderFailed {
        var line = new ByteArrayOutputStream();
        for (var next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("it ended");
            }
            if (line.size() == MOST_ANSWER_BYTES) {
                throw new ReaderFailed("its answer is longer than %d bytes".formatted(MOST_ANSWER_BYTES));
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private String ended() {
        try {
            return process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)
                    ? "it ended with exit code %d".formatted(process.exitValue())
                    : "it closed its output";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        }
    }

    /** With its child processes, which might keep its output open. */
    void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    long pid() {
        return process.pid();
    }
}
