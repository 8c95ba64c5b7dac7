package dev.trestle.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the operator makes, as the golden files have it, with the images and in the namespace of a test. */
final class GoldenChildren {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private GoldenChildren() {}

    static List<Pod> pods(String namespace) {
        return files("out-Pod-").map(file -> read(file, Pod.class, namespace)).toList();
    }

    static List<Job> jobs(String namespace) {
        return files("out-Job-").map(file -> read(file, Job.class, namespace)).toList();
    }

    private static Stream<Path> files(String prefix) {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <R extends HasMetadata> R read(Path file, Class<R> kind, String namespace) {
        try {
            var text = Files.readString(file)
                    .replace("registry.example/trestle/builder:1", InstalledPolicies.BUILDER_IMAGE)
                    .replace("registry.example/trestle/operator:1", InstalledPolicies.MERGE_IMAGE);
            var child = Serialization.unmarshal(text, kind);
            child.getMetadata().setNamespace(namespace);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
