package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.ImageManifest;
import dev.trestle.core.merge.TinyImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry, and what can stand before one. */
@SharesCluster
class HttpImageRegistryIT {

    private static final TinyImage IMAGE = TinyImage.of("linux/amd64");

    private final RealRegistry real = RealRegistry.required();
    private final Repository repository = real.repository("http");

    @Test
    void whatIsNotThereIsEmpty() {
        var registry = real.client();

        assertThat(registry.manifest(repository, "v1")).isEmpty();
        assertThat(registry.digestOf(repository, "v1")).isEmpty();
        assertThat(registry.blob(repository, IMAGE.root().digest(), 100)).isEmpty();
    }

    @Test
    void aBlobLargerThanTheLimitIsRefused() {
        real.push(IMAGE, repository);

        assertThatThrownBy(() -> real.client().blob(repository, Digest.of(IMAGE.layer()), 10))
                .hasMessageContaining("the answer is longer than 10 bytes");
    }

    @Test
    void anIndexWhoseChildrenAreElsewhereIsRefusedByTheRegistry() {
        var index = TinyImage.index(IMAGE.imageEntry());

        assertThatThrownBy(() -> real.client().putManifest(repository, "v1", index))
                .hasMessageContaining("Cannot push manifest v1 in '%s': HTTP 400", repository)
                .asInstanceOf(InstanceOfAssertFactories.type(RegistryFailure.class))
                .returns(FailureClass.Invalid, RegistryFailure::failure);
    }

    @Test
    void onOneHostABlobIsMountedAndNotSent() throws IOException {
        real.push(IMAGE, repository);
        var layer = ImageManifest.of(IMAGE.manifest()).layers().getFirst();
        try (var front = new RegistryFront(real.host(), request -> false)) {
            var from = Repository.parse(front.host() + "/" + repository.path());
            var to = Repository.parse(
                    front.host() + "/acme/mounted-" + repository.path().substring(5));

            real.client(front.host()).copyBlob(from, to, layer);

            assertThat(front.requests())
                    .noneMatch(request -> request.startsWith("GET") || request.startsWith("PUT"))
                    .anyMatch(request -> request.contains("?mount=" + layer.digest()));
            assertThat(real.client(front.host()).blob(to, layer.digest(), 100)).hasValue(IMAGE.layer());
        }
    }

    @Test
    void aBusyRegistryIsAskedAgainWhenItSays() throws IOException {
        real.push(IMAGE, repository);
        var refused = new AtomicInteger();
        try (var front = new RegistryFront(real.host(), request -> {
            request.getResponseHeaders().set("Retry-After", "7");
            return refused.getAndIncrement() < 2 && RegistryFront.answer(request, 429);
        })) {
            var busy = Repository.parse(front.host() + "/" + repository.path());

            real.client(front.host()).putManifest(busy, "v1", IMAGE.root());

            assertThat(real.waits()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
            assertThat(real.client().digestOf(repository, "v1"))
                    .hasValue(IMAGE.root().digest());
        }
    }

    @Test
    void aRegistryThatStaysBusyIsUnavailableAfterFiveTries() throws IOException {
        try (var front = new RegistryFront(real.host(), request -> RegistryFront.answer(request, 503))) {
            var busy = Repository.parse(front.host() + "/" + repository.path());

            assertThatThrownBy(() -> real.client(front.host()).manifest(busy, "v1"))
                    .hasMessage(
                            "Cannot pull manifest v1 in '%s': HTTP 503. Try again when '%s' answers.",
                            busy, busy.host())
                    .asInstanceOf(InstanceOfAssertFactories.type(RegistryFailure.class))
                    .returns(FailureClass.Unavailable, RegistryFailure::failure);
            assertThat(front.requests()).hasSize(5);
        }
    }

    @Test
    void credentialsAreTradedForAToken(@TempDir Path folder) throws IOException {
        real.push(IMAGE, repository);
        try (var front = new RegistryFront(real.host(), HttpImageRegistryIT::wantsToken)) {
            var closed = Repository.parse(front.host() + "/" + repository.path());
            Files.writeString(
                    folder.resolve("config.json"),
                    "{\"auths\":{\"https://%s/v1/\":{\"auth\":\"%s\"}}}".formatted(front.host(), encoded()));
            var registry = real.client(DockerCredentials.in(folder), front.host());

            registry.putManifest(closed, "v1", IMAGE.root());

            assertThat(registry.manifest(closed, "v1")).hasValue(IMAGE.root());
        }
    }

    @Test
    void withoutCredentialsAClosedRegistryIsDenied() throws IOException {
        try (var front = new RegistryFront(real.host(), HttpImageRegistryIT::wantsToken)) {
            var closed = Repository.parse(front.host() + "/" + repository.path());

            assertThatThrownBy(() -> real.client(front.host()).putManifest(closed, "v1", IMAGE.root()))
                    .hasMessageContaining("Give credentials for '%s' that may push there.", front.host())
                    .asInstanceOf(InstanceOfAssertFactories.type(RegistryFailure.class))
                    .returns(FailureClass.Denied, RegistryFailure::failure);
        }
    }

    private static boolean wantsToken(HttpExchange request) {
        var authorization = String.valueOf(request.getRequestHeaders().getFirst("Authorization"));
        if (request.getRequestURI().getPath().equals("/token")) {
            return authorization.equals("Basic " + encoded())
                    ? RegistryFront.answer(request, 200, "{\"token\":\"the-token\"}")
                    : RegistryFront.answer(request, 401);
        }
        var challenge = "Bearer realm=\"http://%s/token\",service=\"test\",scope=\"repository:%s:pull,push\""
                .formatted(request.getRequestHeaders().getFirst("Host"), "acme/any");
        request.getResponseHeaders().set("WWW-Authenticate", challenge);
        return !authorization.equals("Bearer the-token") && RegistryFront.answer(request, 401);
    }

    private static String encoded() {
        return Base64.getEncoder().encodeToString("robot:pass:word".getBytes(StandardCharsets.UTF_8));
    }
}
