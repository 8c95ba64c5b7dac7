package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerCredentialsTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest(name = "{0} serves {1}")
    @CsvSource({
        "quay.io,                      quay.io/acme/a",
        "https://quay.io,              quay.io/acme/a",
        "https://quay.io/v2/,          quay.io/acme/a",
        "quay.io/acme,                 quay.io/acme/a",
        "quay.io/acme/a,               quay.io/acme/a",
        "https://index.docker.io/v1/,  docker.io/acme/a",
        "index.docker.io,              docker.io/acme/a",
        "docker.io,                    docker.io/acme/a",
        "index.docker.io/acme,         docker.io/acme/a",
        "127.0.0.1:5000,               127.0.0.1:5000/a/b/c"
    })
    void findsTheEntryOfARepository(String key, String repository) throws IOException {
        write("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(key, encoded("robot:a:b")));

        assertThat(header(repository)).isEqualTo(encoded("robot:a:b"));
    }

    @Test
    void theMostSpecificEntryWins() throws IOException {
        write("{\"auths\":{\"quay.io\":{\"auth\":\"d2hvbGU=\"},\"quay.io/acme\":{\"auth\":\"cGFydA==\"}}}");

        assertThat(header("quay.io/acme/a")).isEqualTo("cGFydA==");
        assertThat(header("quay.io/other/a")).isEqualTo("d2hvbGU=");
        assertThat(header("ghcr.io/acme/a")).isNull();
    }

    @Test
    void aNameAndAPasswordAreEnough() throws IOException {
        write("{\"auths\":{\"quay.io\":{\"username\":\"robot\",\"password\":\"secret\"}}}");

        assertThat(header("quay.io/acme/a")).isEqualTo(encoded("robot:secret"));
    }

    @Test
    void aTokenCountsBeforeThePasswordBesideIt() throws IOException {
        write("{\"auths\":{\"a.example\":{\"auth\":\"MDA6\",\"identitytoken\":\"ey.J\"},"
                + "\"b.example\":{\"auth\":\"MDA6\",\"registrytoken\":\"tok\"}}}");
        var credentials = DockerCredentials.in(folder);

        assertThat(credentials.of(Repository.parse("a.example/x"))).hasValue(new Credential.IdentityToken("ey.J"));
        assertThat(credentials.of(Repository.parse("b.example/x"))).hasValue(new Credential.AccessToken("tok"));
        assertThat(credentials.of(Repository.parse("a.example/x")).toString()).doesNotContain("ey.J");
    }

    @Test
    void withoutAFileThereAreNone() {
        assertThat(header("quay.io/acme/a")).isNull();
    }

    @Test
    void aBrokenFileIsNamedAndNotShown() throws IOException {
        write("{\"auths\":secret");

        assertThatThrownBy(() -> header("quay.io/acme/a"))
                .hasMessageContaining("config.json' cannot be read as a Docker config.json")
                .hasMessageNotContaining("secret\"")
                .hasNoCause();
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }

    private @Nullable String header(String repository) {
        return DockerCredentials.in(folder)
                .of(Repository.parse(repository))
                .map(credential -> ((Credential.Password) credential).encoded())
                .orElse(null);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
