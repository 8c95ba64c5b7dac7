package dev.trestle.cli;

import dev.trestle.registry.Backoff;
import dev.trestle.registry.DockerCredentials;
import dev.trestle.registry.HttpImageRegistry;
import dev.trestle.registry.ImageRegistry;
import dev.trestle.registry.Retry;
import dev.trestle.registry.Sleeper;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** How commands reach registries: as Docker's own client does, by {@code DOCKER_CONFIG}. */
final class RegistryOptions {

    @Option(
            names = "--plain-http",
            paramLabel = "HOST",
            description = "Registry that speaks http, as HOST or HOST:PORT; may be given more than once.")
    List<String> plainHttp = List.of();

    /** Registries with the credentials that {@code environment} points at. */
    ImageRegistry registry(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", "/");
        var folder = environment.getOrDefault("DOCKER_CONFIG", home + "/.docker");
        return new HttpImageRegistry(
                new HashSet<>(plainHttp), DockerCredentials.in(Path.of(folder)), retry(Backoff.OF_REQUESTS));
    }

    static Retry retry(Backoff backoff) {
        Sleeper sleeper = Thread::sleep;
        return new Retry(backoff, sleeper, () -> ThreadLocalRandom.current().nextDouble());
    }
}
