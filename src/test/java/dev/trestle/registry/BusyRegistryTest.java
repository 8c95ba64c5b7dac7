package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.core.merge.FailureClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry's refusal means that is still the same after the last try. */
class BusyRegistryTest {
    @ParameterizedTest(name = "{0}, Retry-After {1}, ''{2}'': {3}")
    @CsvSource(textBlock = """
            429 , 90  ,                                                , RateLimited
            429 ,     , TOOMANYREQUESTS                                , RateLimited
            403 ,     , denied: requested access is denied             , Denied
            401 ,     ,                                                , Denied
            503 , 90  ,                                                , Unavailable
            507 ,     , disk full                                      , Unavailable
            522 ,     ,                                                , Unavailable
            408 ,     ,                                                , Unavailable
            416 ,     ,                                                , Invalid
            405 ,     ,                                                , Invalid
            403 ,     , DENIED: No upload in read only mode            , Unavailable
            401 ,     , the registry is Read-Only                      , Unavailable
            """)
    void isOfAClass(int status, @Nullable String retryAfter, @Nullable String body, FailureClass expected)
            throws IOException {
        try (var front = new RegistryFront("nobody", request -> {
            if (retryAfter != null) {
                request.getResponseHeaders().set("Retry-After", retryAfter);
            }
            return RegistryFront.answer(request, status, body == null ? "" : body);
        })) {
            var failure = failureAt(front.host());

            assertThat(failure.failure()).isEqualTo(expected);
            assertThat(failure.limitedBy())
                    .isEqualTo(expected == FailureClass.RateLimited ? Optional.of(front.host()) : Optional.empty());
            assertThat(failure.retryAfter())
                    .isEqualTo(
                            Optional.ofNullable(retryAfter).map(Long::parseLong).map(Duration::ofSeconds));
        }
    }

    @Test
    void aPushThatARegistryHasNoMethodForMayPass() throws IOException {
        try (var front = new RegistryFront(
                "nobody",
                request ->
                        RegistryFront.answer(request, request.getRequestMethod().equals("HEAD") ? 404 : 405))) {
            var failure = catchThrowableOfType(
                    RegistryFailure.class,
                    () -> client(front.host()).putBlob(Repository.parse(front.host() + "/a/b"), new byte[1]));

            assertThat(failure.failure()).isEqualTo(FailureClass.Unavailable);
        }
    }

    @Test
    void aDenialHasTheRegistrysWords() throws IOException {
        try (var front = new RegistryFront(
                "nobody",
                request -> RegistryFront.answer(request, 403, "{\"errors\":[{\"message\":\"no rights\"}]}"))) {
            assertThat(failureAt(front.host())).hasMessageContaining("no rights");
        }
    }

    private static RegistryFailure failureAt(String host) {
        return catchThrowableOfType(
                RegistryFailure.class, () -> client(host).manifest(Repository.parse(host + "/acme/app"), "v1"));
    }

    private static ImageRegistry client(String host) {
        return new HttpImageRegistry(
                Set.of(host),
                DockerCredentials.in(Path.of("/nowhere")),
                new Retry(Backoff.OF_REQUESTS, _ -> {}, () -> 1));
    }
}
