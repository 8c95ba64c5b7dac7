package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.e2e.Command;
import java.io.IOException;

/** The installed operator's process, as this machine sees it: its pod runs here. */
record OperatorProcess(ProcessHandle process) {
    private static final String COMMAND = "/opt/trestle/trestle.jar operator";

    static OperatorProcess find() {
        return await().atMost(Scene.LIMIT)
                .until(
                        () -> ProcessHandle.allProcesses()
                                .filter(process -> process.info()
                                        .commandLine()
                                        .filter(line -> line.contains(COMMAND))
                                        .isPresent())
                                .findFirst(),
                        found -> found.isPresent())
                .map(OperatorProcess::new)
                .orElseThrow();
    }

    /** Stops it in the middle of whatever it does, until it is killed or goes on. */
    void freeze() {
        signal("STOP");
    }

    /** Ends the freeze; nothing to do when it has been killed. */
    void goOn() {
        if (process.isAlive()) {
            signal("CONT");
        }
    }

    /** SIGKILL: it can finish nothing. */
    void kill() {
        signal("KILL");
        await().atMost(Scene.LIMIT).until(() -> !process.isAlive());
    }

    private void signal(String name) {
        try {
            var sent = Command.run("kill", "-" + name, String.valueOf(process.pid()));
            if (sent.exitCode() != 0) {
                throw new IllegalStateException(
                        "The operator's process %d takes no %s: %s".formatted(process.pid(), name, sent.output()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("'kill' cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the operator was sent " + name, e);
        }
    }
}
