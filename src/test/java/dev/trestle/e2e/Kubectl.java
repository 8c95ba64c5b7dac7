package dev.trestle.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kubectl on the PATH, used as users do. */
public record Kubectl(String namespace) {

    /** @throws IOException with kubectl's words, if the object is refused */
    public void apply(HasMetadata wanted) throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of("target", "e2e"));
        var file = Files.createTempFile(folder, wanted.getMetadata().getName(), ".yaml");
        Files.writeString(file, Serialization.asYaml(wanted));
        var apply = Command.run("kubectl", "apply", "--namespace", namespace, "--filename", file.toString());
        if (apply.exitCode() != 0) {
            throw new IOException("'%s' was not applied: %s".formatted(file, apply.output()));
        }
    }

    /** @param timeout such as {@code 2m}; {@code 0} looks once */
    public Command waitForReady(String build, String timeout) throws IOException, InterruptedException {
        return Command.run(
                "kubectl",
                "wait",
                "--namespace",
                namespace,
                "--for=condition=Ready",
                "--timeout=" + timeout,
                "backendbuild/" + build);
    }
}
