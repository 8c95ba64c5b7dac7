package dev.trestle.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.core.merge.TinyImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry with plain http, open to all: mostly the one that TRESTLE_REGISTRY names. Waits are recorded, not waited. */
public final class RealRegistry {

    private final String host;
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    private RealRegistry(String host) {
        this.host = host;
    }

    /** Skips the test when there is none. */
    public static RealRegistry required() {
        var host = Optional.ofNullable(System.getenv("TRESTLE_REGISTRY")).orElse("");
        assumeTrue(
                !host.isEmpty(),
                "TRESTLE_REGISTRY is not set: give host:port of a registry with plain http, as make test does");
        return new RealRegistry(host);
    }

    /** Another one than the cluster's, which the test may collect garbage in. */
    static RealRegistry at(String host) {
        return new RealRegistry(host);
    }

    public String host() {
        return host;
    }

    List<Duration> waits() {
        return List.copyOf(waits);
    }

    /** A repository that no other test has. */
    public Repository repository(String name) {
        return Repository.parse(
                host + "/acme/" + name + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    public ImageRegistry client() {
        return client(host);
    }

    ImageRegistry client(String... plainHttp) {
        return client(DockerCredentials.in(Path.of("/nowhere")), plainHttp);
    }

    ImageRegistry client(DockerCredentials credentials, String... plainHttp) {
        return new HttpImageRegistry(Set.of(plainHttp), credentials, retry(Backoff.OF_REQUESTS));
    }

    Retry retry(Backoff backoff) {
        return new Retry(backoff, waits::add, () -> 1);
    }

    /** Pushes all of an image by digest, as a leg's build does. */
    public void push(TinyImage image, Repository... repositories) {
        for (var repository : repositories) {
            List.of(image.layer(), image.config(), image.statement(), image.attestationConfig())
                    .forEach(blob -> client().putBlob(repository, blob));
            List.of(image.manifest(), image.attestation(), image.root())
                    .forEach(manifest ->
                            client().putManifest(repository, manifest.digest().value(), manifest));
        }
    }
}
