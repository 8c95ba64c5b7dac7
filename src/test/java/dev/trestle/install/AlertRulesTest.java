package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is woken by an alert finds what it means and what to do. */
class AlertRulesTest {
    private static final Path RUNBOOKS = Path.of("docs", "runbooks");
    private static final Pattern METRIC = Pattern.compile("\\btrestle_\\w+");

    static Stream<String> alerts() throws IOException {
        return AlertRules.alerts().stream()
                .map(rule -> rule.get("alert").asText())
                .distinct();
    }

    @Test
    void everyAlertSaysWhatItIsAndHowBad() throws IOException {
        assertThat(AlertRules.alerts()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("https://github.com/trestle-dev/trestle/blob/main/docs/runbooks/%s.md"
                            .formatted(rule.get("alert").asText()));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alerts")
    void everyAlertHasARunbookAndAUnitTest(String alert) throws IOException {
        assertThat(Files.readAllLines(RUNBOOKS.resolve(alert + ".md")))
                .startsWith("# " + alert)
                .containsSubsequence("## Meaning", "## Impact", "## Diagnosis", "## Cure");
        assertThat(AlertRules.unitTestOf(alert)).content().contains("exp_alerts", "alertname: " + alert);
    }

    @Test
    void everyMetricThatIsUsedIsDocumented() throws IOException {
        var documentation = Files.readString(Path.of("docs", "metrics.md"));
        assertThat(metricsIn(Files.readString(AlertRules.SOURCE)))
                .contains("trestle_base_built_timestamp_seconds")
                .allSatisfy(metric -> assertThat(documentation).contains("| `%s` |".formatted(metric)));
    }

    @Test
    void kustomizeHasTheSameRules() throws IOException {
        assertThat(AlertRules.kustomized().get("spec"))
                .as("config/prometheus/prometheusrule.yaml differs from '%s': run hack/alerts", AlertRules.SOURCE)
                .isEqualTo(AlertRules.groups());
    }

    private static List<String> metricsIn(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).distinct().toList();
    }
}
