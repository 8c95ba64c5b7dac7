package dev.trestle.builder;

import static dev.trestle.builder.LegFixture.NO_CACHE;
import static dev.trestle.builder.LegFixture.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a leg's pod hands the git server's credentials to BuildKit, and to nobody else. */
class GitCredentialsTest {
    private static final String HOST = "git.example:8443";

    @TempDir
    private Path folder;

    private LegFixture fixture;
    private Path mounted;

    @BeforeEach
    void daemonListens() throws IOException {
        fixture = LegFixture.in(folder);
        mounted = Files.createDirectory(folder.resolve("mounted"));
    }

    @AfterEach
    void daemonEnds() throws IOException {
        fixture.close();
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "robot, s3cret-token, robot:s3cret-token",
                "'robot\n', 's3cret-token\n', robot:s3cret-token",
                "-, s3cret-token, git:s3cret-token",
                "'', s3cret-token, git:s3cret-token",
                "robot, 's3cret: \"$(id)\" \\ß%s', 'robot:s3cret: \"$(id)\" \\ß%s'",
            })
    void buildKitGetsWhatIsMountedForThatHost(@Nullable String username, String password, String told)
            throws Exception {
        mount("username", username);
        mount("password", password);

        var outcome = reading().run("trestle-leg", NO_CACHE);

        assertThat(outcome.exitCode()).isZero();
        var header = "Basic " + Base64.getEncoder().encodeToString(told.getBytes(UTF_8));
        assertThat(folder.resolve("secret")).hasContent(header);
        assertThat(option()).startsWith("id=GIT_AUTH_HEADER." + HOST + ",src=/");
        assertThat(folder.resolve("options")).content().doesNotContain("s3cret", header.substring(6));
        assertThat(folder.resolve("variables")).content().doesNotContain("s3cret", header.substring(6));
        assertThat(outcome.output()).doesNotContain("s3cret", header.substring(6));
        assertThat(Path.of(option().replaceFirst(".*,src=", ""))).doesNotExist();
    }

    @ParameterizedTest(name = "password {0}")
    @CsvSource(
            nullValues = "-",
            value = {"-", "''", "'\n'"})
    void withoutAPasswordNothingIsBuilt(@Nullable String password) throws Exception {
        mount("username", "robot");
        mount("password", password);

        var outcome = reading().run("trestle-leg", NO_CACHE);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(failure(outcome).path("class").asText()).isEqualTo("User");
        assertThat(failure(outcome).path("reason").asText()).isEqualTo("SourceDenied");
        assertThat(failure(outcome).path("message").asText())
                .isEqualTo("The Secret that 'spec.source.git.secret' names has no 'password', or an empty one.");
        assertThat(folder.resolve("options")).doesNotExist();
    }

    @Test
    void whoNamesNoSecretGivesNone() throws Exception {
        var options = folder.resolve("options");

        fixture.replaying("cold").with("OPTIONS_SEEN", options.toString()).run("trestle-leg", NO_CACHE);

        assertThat(Files.readAllLines(options)).isNotEmpty().doesNotContain("--secret");
    }

    private BuilderScript reading() {
        return fixture.replaying("cold")
                .with("TRESTLE_GIT_HOST", HOST)
                .with("TRESTLE_GIT_CREDENTIALS", mounted.toString())
                .with("OPTIONS_SEEN", folder.resolve("options").toString())
                .with("VARIABLES_SEEN", folder.resolve("variables").toString())
                .with("SECRET_SEEN", folder.resolve("secret").toString());
    }

    /** What follows the option {@code --secret}. */
    private String option() throws IOException {
        var options = Files.readAllLines(folder.resolve("options"));
        return options.get(options.indexOf("--secret") + 1);
    }

    private void mount(String key, @Nullable String value) throws IOException {
        if (value != null) {
            Files.writeString(mounted.resolve(key), value);
        }
    }
}
