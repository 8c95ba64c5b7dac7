package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.core.config.Pool.Security;
import dev.trestle.core.config.Registry;
import dev.trestle.runtime.ConfigurationFile.Invalid;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationFileTest {
    private static final String IMAGES = """
            builderImage: ghcr.io/acme/builder:1
            mergeImage: ghcr.io/acme/operator:1
            """;
    private static final String LEAST = IMAGES + """
            pools:
            - name: amd64
              platforms: [linux/amd64]
            """;

    static Stream<Arguments> wrong() {
        return Stream.of(
                row(
                        "a file that says nothing",
                        "~",
                        "The configuration is empty; it must have at least 'builderImage', 'mergeImage' and 'pools'."),
                row(
                        "no builder image",
                        LEAST.replace("builderImage: ghcr.io/acme/builder:1\n", ""),
                        "'builderImage' is missing; it must be set."),
                row(
                        "no merge image",
                        LEAST.replace("mergeImage: ghcr.io/acme/operator:1\n", ""),
                        "'mergeImage' is missing; it must be set."),
                row(
                        "a blank image",
                        LEAST.replace("ghcr.io/acme/builder:1", "' '"),
                        "'builderImage' is missing; it must be set."),
                row(
                        "no pools",
                        IMAGES,
                        "'pools' is empty; there must be at least one pool, with 'name' and 'platforms'."),
                row(
                        "an empty list of pools",
                        IMAGES + "pools: []",
                        "'pools' is empty; there must be at least one pool, with 'name' and 'platforms'."),
                row(
                        "a pool without a name",
                        IMAGES + "pools: [{platforms: [linux/amd64]}]",
                        "'pools[].name' is missing; it must be set."),
                row(
                        "two pools of one name",
                        LEAST + "- {name: amd64, platforms: [linux/arm64]}",
                        "'pools' has two pools named 'amd64'; each name may stand once."),
                row(
                        "a pool without platforms",
                        IMAGES + "pools: [{name: amd64}]",
                        "Pool 'amd64' has no 'platforms'; name at least one, such as 'linux/amd64'."),
                row(
                        "a pool with an empty list of platforms",
                        IMAGES + "pools: [{name: amd64, platforms: []}]",
                        "Pool 'amd64' has no 'platforms'; name at least one, such as 'linux/amd64'."),
                row(
                        "a disk that is no quantity",
                        LEAST + "  scratch: plenty",
                        "Pool 'amd64': 'scratch' is 'plenty'; it must be a quantity such as '20Gi'."),
                row(
                        "a disk in a unit that Kubernetes does not know",
                        LEAST + "  scratch: 20GiB",
                        "Pool 'amd64': 'scratch' is '20GiB'; it must be a quantity such as '20Gi'."),
                row(
                        "a registry without a host",
                        LEAST + "registries: [{plainHttp: true}]",
                        "'registries[].host' is missing; it must be set."),
                row("too many retries", LEAST + "retries: 11", "'retries' is 11; it must be from 0 to 10."),
                row("fewer retries than none", LEAST + "retries: -1", "'retries' is -1; it must be from 0 to 10."),
                row(
                        "git without a pause",
                        LEAST + "git: {pollSeconds: 0}",
                        "'git.pollSeconds' is 0; it must be from 1 to 86400."),
                row(
                        "git once in more than a day",
                        LEAST + "git: {pollSeconds: 86401}",
                        "'git.pollSeconds' is 86401; it must be from 1 to 86400."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isRefusedWithWhatIsWrongAndWhatIsAllowed(String fault, String yaml, String message) {
        assertThatThrownBy(() -> ConfigurationFile.parse(yaml))
                .isInstanceOf(Invalid.class)
                .hasMessage(message);
    }

    static Stream<Arguments> misshapen() {
        return Stream.of(
                row("an unknown key", LEAST + "poolz: []", "poolz: "),
                row("an unknown key of a pool", LEAST + "  platform: linux/amd64", "pools[0].platform: "),
                row(
                        "an unknown key of a registry",
                        LEAST + "registries: [{host: docker.io, insecure: true}]",
                        "registries[0].insecure: "),
                row("an unknown key of git", LEAST + "git: {poll: 60}", "git.poll: "),
                row("words for a number", LEAST + "retries: many", "retries: "),
                row("one platform for a list", LEAST.replace("[linux/amd64]", "linux/amd64"), "pools[0].platforms: "),
                row("a mode that is none", LEAST + "  security: Rootless", "pools[0].security: "),
                row("a list for the whole", "- a", "configuration: "),
                row("no YAML", "{", "Not YAML: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misshapen")
    void isRefusedWithTheKeyThatIsWrong(String fault, String yaml, String beginning) {
        assertThatThrownBy(() -> ConfigurationFile.parse(yaml))
                .isInstanceOf(Invalid.class)
                .message()
                .startsWith(beginning)
                .hasSizeGreaterThan(beginning.length());
    }

    @Test
    void anUnknownModeIsToldWhichThereAre() {
        assertThatThrownBy(() -> ConfigurationFile.parse(LEAST + "  security: Rootless"))
                .hasMessageContainingAll("Rootless", "UserNamespace", "Privileged");
    }

    @Test
    void theLeastFileGetsEveryDefault() throws Invalid {
        var configuration = ConfigurationFile.parse(LEAST);
        var pool = configuration.pools().getFirst();

        assertThat(configuration.git().pollSeconds()).isEqualTo(60);
        assertThat(configuration.retries()).isEqualTo(3);
        assertThat(configuration.registries()).isEmpty();
        assertThat(pool.security()).isEqualTo(Security.UserNamespace);
        assertThat(pool.buildDeadlineSeconds()).isEqualTo(21_600);
        assertThat(pool.scratch()).isEmpty();
        assertThat(pool.nodeSelector()).isEmpty();
        assertThat(pool.tolerations()).isEmpty();
    }

    @Test
    void aFullFileIsTakenOverAsItStands() throws Invalid {
        var configuration = ConfigurationFile.parse(LEAST + """
                  nodeSelector: {disk: fast}
                  resources: {requests: {cpu: "1"}, limits: {memory: 8Gi}}
                  scratch: 20Gi
                  security: Privileged
                  podLabels: {queue: builds}
                  buildDeadlineSeconds: 60
                git: {pollSeconds: 5}
                retries: 0
                registries:
                - {host: "registry.example:5000", plainHttp: true}
                - {host: docker.io, mirrors: [mirror.example]}
                """);
        var pool = configuration.pools().getFirst();

        assertThat(configuration.builderImage()).isEqualTo("ghcr.io/acme/builder:1");
        assertThat(configuration.mergeImage()).isEqualTo("ghcr.io/acme/operator:1");
        assertThat(configuration.git().pollSeconds()).isEqualTo(5);
        assertThat(configuration.retries()).isZero();
        assertThat(configuration.registries())
                .containsExactly(
                        new Registry("registry.example:5000", true, List.of()),
                        new Registry("docker.io", false, List.of("mirror.example")));
        assertThat(configuration.plainHttpHosts()).containsExactly("registry.example:5000");
        assertThat(pool.nodeSelector()).isEqualTo(Map.of("disk", "fast"));
        assertThat(pool.resources().getLimits()).isEqualTo(Map.of("memory", new Quantity("8Gi")));
        assertThat(pool.scratch()).contains("20Gi");
        assertThat(pool.security()).isEqualTo(Security.Privileged);
        assertThat(pool.podLabels()).isEqualTo(Map.of("queue", "builds"));
        assertThat(pool.buildDeadlineSeconds()).isEqualTo(60);
    }

    @ParameterizedTest(name = "{0}: {1} is allowed")
    @CsvSource({"retries, 0", "retries, 10", "git, {pollSeconds: 1}", "git, {pollSeconds: 86400}"})
    void theBoundsThemselvesAreAllowed(String key, String value) throws Invalid {
        assertThat(ConfigurationFile.parse(LEAST + key + ": " + value)).isNotNull();
    }

    private static Arguments row(String fault, String yaml, String message) {
        return arguments(fault, yaml, message);
    }
}
