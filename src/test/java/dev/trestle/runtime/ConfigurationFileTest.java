package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.core.config.Deadlines;
import dev.trestle.core.config.Pool.Security;
import dev.trestle.core.config.Registry;
import dev.trestle.runtime.ConfigurationFile.Invalid;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
    private static final Path CHART = Path.of("charts/trestle/values.schema.json");
    private static final String LEAST = """
            builderImage: ghcr.io/acme/builder:1
            mergeImage: ghcr.io/acme/operator:1
            pools:
            - name: amd64
              platforms: [linux/amd64]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "# nothing but this\n", "~", "---\n", "--- # nothing\n"})
    void anEmptyFileIsToldWhatItMustHave(String yaml) {
        assertThatThrownBy(() -> ConfigurationFile.parse(yaml))
                .isInstanceOf(Invalid.class)
                .hasMessage(
                        "The configuration is empty; it must have at least 'builderImage', 'mergeImage' and 'pools'.");
    }

    static Stream<Arguments> noYaml() {
        return Stream.of(
                arguments("{", "Not YAML, line 1, column 2: expected the node content, but found '<stream end>'."),
                arguments(
                        "pools: [", "Not YAML, line 1, column 9: expected the node content, but found '<stream end>'."),
                arguments("a: 1\n b: 2", "Not YAML, line 2, column 3: mapping values are not allowed here."),
                arguments("- a\nb", "Not YAML, line 2, column 2: could not find expected ':'."),
                arguments("{a: 1} }", "Not YAML, line 1, column 8: expected '<document start>', but found '}'."),
                arguments("a: \u0001", "Not YAML, line 1, column 1: special characters are not allowed."),
                arguments("a: {{ b }}", "Not YAML that can be read here, line 1, column 6: a key must be a text."));
    }

    @ParameterizedTest
    @MethodSource("noYaml")
    void whatIsNoYamlIsToldSoWithLineAndColumn(String yaml, String message) {
        assertThatThrownBy(() -> ConfigurationFile.parse(yaml))
                .isInstanceOf(Invalid.class)
                .hasMessage(message);
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                arguments(
                        LEAST + "retries: 1\nretries: 2",
                        "'retries' stands twice in one mapping, again at line 7; each key may stand once."),
                arguments(
                        LEAST + "  scratch: 1Gi\n  scratch: 2Gi",
                        "'scratch' stands twice in one mapping, again at line 7; each key may stand once."),
                arguments(LEAST + "---\n" + LEAST, "A second document begins at line 7; the file must hold one."),
                arguments(
                        LEAST + "  podLabels: {a: &x one, b: *x}",
                        "Line 6 has the alias '*x'; write out what it stands for."));
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void whatWouldBeReadOtherwiseThanItLooksIsRefused(String yaml, String message) {
        assertThatThrownBy(() -> ConfigurationFile.parse(yaml))
                .isInstanceOf(Invalid.class)
                .hasMessage(message);
    }

    @Test
    void theLeastFileGetsEveryDefault() throws Invalid {
        var configuration = ConfigurationFile.parse(LEAST);
        var pool = configuration.pools().getFirst();

        assertThat(configuration.git().pollSeconds()).isEqualTo(60);
        assertThat(configuration.retries()).isEqualTo(3);
        assertThat(configuration.registries()).isEmpty();
        assertThat(pool.security()).isEqualTo(Security.UserNamespace);
        assertThat(pool.deadlines())
                .isEqualTo(new Deadlines(Optional.empty(), Duration.ofMinutes(15), Duration.ofHours(6)));
        assertThat(pool.drain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(pool.largerResources()).isEmpty();
        assertThat(pool.scratch()).isEmpty();
        assertThat(configuration.limitsPools()).isFalse();
        assertThat(pool.nodeSelector()).isEmpty();
        assertThat(pool.tolerations()).isEmpty();
    }

    @Test
    void aFullFileIsTakenOverAsItStands() throws Invalid {
        var configuration = ConfigurationFile.parse(LEAST + """
                  nodeSelector: {disk: fast}
                  resources: {requests: {cpu: "1"}, limits: {memory: 8Gi}}
                  largerResources: {limits: {memory: 32Gi}}
                  queueDeadlineSeconds: 3600
                  startDeadlineSeconds: 120
                  scratch: 20Gi
                  security: Privileged
                  podLabels: {queue: builds}
                  buildDeadlineSeconds: 60
                  drainSeconds: 90
                git: {pollSeconds: 5}
                retries: 0
                registries:
                - {host: "registry.example:5000", plainHttp: true}
                - {host: docker.io, mirrors: [mirror.example, "mirror.example:5000/docker"]}
                """);
        var pool = configuration.pools().getFirst();

        assertThat(configuration.builderImage()).isEqualTo("ghcr.io/acme/builder:1");
        assertThat(configuration.mergeImage()).isEqualTo("ghcr.io/acme/operator:1");
        assertThat(configuration.git().pollSeconds()).isEqualTo(5);
        assertThat(configuration.retries()).isZero();
        assertThat(configuration.registries())
                .containsExactly(
                        new Registry("registry.example:5000", true, List.of()),
                        new Registry("docker.io", false, List.of("mirror.example", "mirror.example:5000/docker")));
        assertThat(configuration.plainHttpHosts()).containsExactly("registry.example:5000");
        assertThat(pool.nodeSelector()).isEqualTo(Map.of("disk", "fast"));
        assertThat(pool.resources().getLimits()).isEqualTo(Map.of("memory", new Quantity("8Gi")));
        assertThat(pool.scratch()).contains("20Gi");
        assertThat(pool.security()).isEqualTo(Security.Privileged);
        assertThat(pool.podLabels()).isEqualTo(Map.of("queue", "builds"));
        assertThat(pool.deadlines())
                .isEqualTo(
                        new Deadlines(Optional.of(Duration.ofHours(1)), Duration.ofMinutes(2), Duration.ofMinutes(1)));
        assertThat(pool.drain()).isEqualTo(Duration.ofSeconds(90));
        assertThat(pool.largerResources())
                .hasValueSatisfying(
                        larger -> assertThat(larger.getLimits()).isEqualTo(Map.of("memory", new Quantity("32Gi"))));
    }

    /** Helm may write large numbers so. */
    @Test
    void aNumberMayHaveAnExponent() throws Invalid {
        var pool = ConfigurationFile.parse(LEAST + "  scratch: 2.147483648e+10\n  buildDeadlineSeconds: 6.048e+05")
                .pools()
                .getFirst();

        assertThat(pool.deadlines().build()).hasSeconds(604_800);
        assertThat(pool.scratch())
                .hasValueSatisfying(size -> assertThat(Quantity.getAmountInBytes(new Quantity(size)))
                        .isEqualByComparingTo("21474836480"));
    }

    @Test
    void aKeyWithoutAValueIsNotSet() throws Invalid {
        assertThat(ConfigurationFile.parse(
                        LEAST + "  scratch:\n  resources:\n  podLabels:\nretries:\ngit:\nregistries:"))
                .isEqualTo(ConfigurationFile.parse(LEAST));
    }

    @Test
    void aTolerationIsTakenOverAsItStands() throws Invalid {
        var pool = ConfigurationFile.parse(
                        LEAST
                                + "  tolerations: [{key: a, operator: Equal, value: b, effect: NoExecute, tolerationSeconds: 9}]")
                .pools()
                .getFirst();

        assertThat(pool.tolerations()).containsExactly(new Toleration("NoExecute", "a", "Equal", 9L, "b"));
    }

    @ParameterizedTest(name = "{0} has the same bounds as in the chart")
    @CsvSource({
        "retries,              /properties/config/properties/retries,                    'retries: %d'",
        "pollSeconds,          /properties/config/properties/git/properties/pollSeconds, 'git: {pollSeconds: %d}'",
        "queueDeadlineSeconds, /definitions/pool/properties/queueDeadlineSeconds,        '  queueDeadlineSeconds: %d'",
        "startDeadlineSeconds, /definitions/pool/properties/startDeadlineSeconds,        '  startDeadlineSeconds: %d'",
        "buildDeadlineSeconds, /definitions/pool/properties/buildDeadlineSeconds,        '  buildDeadlineSeconds: %d'",
        "maxRunning,           /definitions/pool/properties/maxRunning,                  '  maxRunning: %d'",
        "waveBudget,           /definitions/pool/properties/waveBudget,                  '  waveBudget: %d'"
    })
    void theChartsBoundsAreAllowedAndNothingBeyond(String key, String inSchema, String inFile) throws Exception {
        var bounds = new ObjectMapper().readTree(CHART.toFile()).at(inSchema);
        var least = bounds.get("minimum").longValue();
        var most = bounds.get("maximum").longValue();

        assertThat(ConfigurationFile.parse(LEAST + inFile.formatted(least))).isNotNull();
        assertThat(ConfigurationFile.parse(LEAST + inFile.formatted(most))).isNotNull();
        for (var beyond : List.of(least - 1, most + 1)) {
            assertThatThrownBy(() -> ConfigurationFile.parse(LEAST + inFile.formatted(beyond)))
                    .isInstanceOf(Invalid.class)
                    .hasMessageEndingWith(
                            "%s' is %d; it must be a whole number from %d to %d.", key, beyond, least, most);
        }
    }
}
