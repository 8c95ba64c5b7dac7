package dev.trestle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BaseImageStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many builds of a base have failed in a row. */
class BaseFailuresTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST = "2026-11-21T12:00:00Z";
    private static final String SECOND = "2026-11-21T13:00:00Z";

    @ParameterizedTest(name = "after {0} that ended at {1}, a build is {3}/{4} and ended at {5}: {6}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -,        'none before',    False,   LegFailed, " + FIRST + ",  1",
                "1, " + FIRST + ", counted already,  False,   LegFailed, " + FIRST + ",  1",
                "1, " + FIRST + ", another,          False,   LegFailed, " + SECOND + ", 2",
                "1, " + FIRST + ", cancelled,        False,   Cancelled, " + SECOND + ", 1",
                "1, " + FIRST + ", under way,        Unknown, Building,  -,              1",
                "3, " + FIRST + ", published,        True,    Succeeded, " + SECOND + ", -",
                "-, -,        cancelled at first, False, Cancelled, " + FIRST + ",  -",
            })
    void failuresInARow(
            @Nullable Integer before,
            @Nullable String lastAt,
            String what,
            String outcome,
            String reason,
            @Nullable String endedAt,
            @Nullable Integer after)
            throws Exception {
        assertThat(BaseFailures.of(base(before, lastAt), Optional.of(build(outcome, reason, endedAt)))
                        .count())
                .as(what)
                .isEqualTo(after);
    }

    @Test
    void withoutABuildTheCountStays() throws Exception {
        assertThat(BaseFailures.of(base(2, FIRST), Optional.empty())).isEqualTo(new BaseFailures(2, FIRST));
    }

    private static BaseImageStatus base(@Nullable Integer count, @Nullable String lastAt) throws Exception {
        var status = JSON.createObjectNode().put("failuresInARow", count).put("lastFailureAt", lastAt);
        return JSON.treeToValue(status, BaseImageStatus.class);
    }

    private static BackendBuild build(String outcome, String reason, @Nullable String endedAt) throws Exception {
        var status = JSON.createObjectNode();
        status.putArray("conditions")
                .addObject()
                .put("type", "LastBuildSucceeded")
                .put("status", outcome)
                .put("lastTransitionTime", FIRST)
                .put("reason", reason)
                .put("message", "");
        status.putObject("run")
                .put("revision", "1f3a")
                .put("source", "0")
                .put("startedAt", "2026-11-21T11:00:00Z")
                .put("finishedAt", endedAt);
        var build = new BackendBuild();
        build.setStatus(JSON.treeToValue(status, BackendBuildStatus.class));
        return build;
    }
}
