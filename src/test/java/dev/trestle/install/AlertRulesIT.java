package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prometheus's own tool takes the rules, and each alert fires, keeps silent and resolves as its unit test says. */
class AlertRulesIT {

    @Test
    void prometheusAcceptsTheRules() throws Exception {
        var check = Command.run(
                List.of("promtool", "check", "rules", "--lint=all", "--lint-fatal", AlertRules.SOURCE.toString()));
        assertThat(check.outputOfSuccess())
                .contains("%d rules found".formatted(AlertRules.alerts().size()));
    }

    @Test
    void alertsFireKeepSilentAndResolve() throws Exception {
        var line = new ArrayList<>(List.of("promtool", "test", "rules"));
        line.addAll(AlertRules.unitTests());
        assertThat(Command.run(line).outputOfSuccess()).contains("SUCCESS");
    }
}
