package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.e2e.Command;
import dev.trestle.e2e.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;

/** The processes of the local cluster. */
final class Machine {
    private Machine() {}

    /** SIGKILL to a component of {@code hack/cluster/cluster}, such as {@code kubelet}. */
    static void kill(String component) throws IOException {
        var pid = Long.parseLong(Files.readString(LocalCluster.HOME.resolve("run/" + component + ".pid"))
                .strip());
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await().atMost(Scene.LIMIT).until(() -> !process.isAlive());
    }

    /** Starts again what has been killed; returns when the node is ready. */
    static void up() throws IOException, InterruptedException {
        run("hack/cluster/cluster", "up");
    }

    /** @throws IOException with its words, if the program fails */
    static void run(String... words) throws IOException, InterruptedException {
        var ended = Command.run(words);
        if (ended.exitCode() != 0) {
            throw new IOException("'%s' failed: %s".formatted(String.join(" ", words), ended.output()));
        }
    }
}
