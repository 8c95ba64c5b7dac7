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

    private static RegistryFailure failureAt(String host) {
        var client = new OrasImageRegistry(
                Set.of(host),
                DockerCredentials.in(Path.of("/nowhere")),
                new Retry(Backoff.OF_REQUESTS, _ -> {}, () -> 1));
        return catchThrowableOfType(
                RegistryFailure.class, () -> client.manifest(Repository.parse(host + "/acme/app"), "v1"));
    }
}
