package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the chart makes for the Prometheus operator. */
class MonitoringValuesIT {
    private static final Path EVERYTHING = Path.of("src/test/resources/install/values/everything.yaml");

    @Test
    void serviceMonitorFindsTheService() throws Exception {
        var rendered = everything();
        var monitor = rendered.object("ServiceMonitor trestle-system/trestle");
        var service = rendered.object("Service trestle-system/trestle");
        var selected = monitor.at("/spec/selector/matchLabels").properties();
        assertThat(service.at("/metadata/labels").properties()).containsAll(selected);
        assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    }

    @Test
    void namespaceOfAMetricIsTheBasesAndNotTheOperators() throws Exception {
        var endpoint =
                everything().object("ServiceMonitor trestle-system/trestle").at("/spec/endpoints/0");
        assertThat(endpoint.get("honorLabels").asBoolean()).isTrue();
    }

    @Test
    void thresholdsReachTheAlerts() throws Exception {
        var rule = everything().object("PrometheusRule trestle-system/trestle");
        assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");

        var alerts = rule.at("/spec/groups/0/rules").valueStream().toList();
        assertThat(alerts).hasSameSizeAs(AlertRules.alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/team").asText()).isEqualTo("images");
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("https://wiki.example/runbooks/%s.md"
                            .formatted(alert.get("alert").asText()));
        });
        assertThat(alerts.get(0).get("expr").asText()).doesNotContain("1.5");
        assertThat(alerts.get(1).get("expr").asText()).contains("> on (namespace, base) 1.5 * max by");
        assertThat(alerts.get(2).get("expr").asText()).endsWith(">= 5");
        assertThat(alerts.get(3).get("for").asText()).isEqualTo("1d");
    }

    @Test
    void nothingOfPrometheussIsMadeUnlessAskedFor() throws Exception {
        assertThat(Rendered.byHelm(List.of()).ofKinds("ServiceMonitor", "PrometheusRule"))
                .isEmpty();
    }

    private static Rendered everything() throws Exception {
        return Rendered.byHelm(List.of("--values", EVERYTHING.toString()));
    }
}
