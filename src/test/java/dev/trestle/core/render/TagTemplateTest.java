package dev.trestle.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.GitSource;
import dev.trestle.api.GitSourceBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTemplateTest {
    private static final String REVISION = "82c191afadf5f005281e798ccfa0ffd0d5805030";
    private static final Instant NOW = Instant.parse("2026-11-21T19:15:02Z");

    @ParameterizedTest
    @CsvSource({
        "latest,                              refs/heads/main,       latest",
        "${branch}-cpu,                       refs/heads/main,       main-cpu",
        "${branch}-cpu,                       refs/heads/fix/a+b,    fix-a-b-cpu",
        "${branch}-cpu,                       refs/heads/.odd,       odd-cpu",
        "${branch}-cpu,                       refs/tags/v1.2.0,      v1.2.0-cpu",
        "main-${timestamp}-${shortRevision},  refs/heads/main,       main-20261121191502-82c191afa",
        "${week}-cpu,                         refs/heads/main,       2026-W47-cpu",
    })
    void renders(String template, String ref, String tag) {
        assertThat(TagTemplate.render(template, at(ref), REVISION, NOW, "")).isEqualTo(tag);
    }

    @Test
    void aTagIsNeverTooLong() {
        assertThat(TagTemplate.render("${branch}-cpu", at("refs/heads/" + "x".repeat(200)), REVISION, NOW, ""))
                .hasSize(128);
    }

    @Test
    void whatTwoBuildsShareIsKnownBeforeAnyRun() {
        assertThat(TagTemplate.ofAllRuns("${branch}-${timestamp}", at("refs/heads/main")))
                .isEqualTo("main-${timestamp}");
    }

    @ParameterizedTest
    @CsvSource({
        "${gitTag}-cpu,            v1.10.0,       v1.10.0-cpu",
        "latest-cpu,               v1.10.0,       latest-cpu",
        "${gitTag}-${week},        v1.10.0,       v1.10.0-${week}",
        "${gitTag}-cpu,            backend/v1.2,  backend-v1.2-cpu",
    })
    void aReleaseIsKnownByItsTag(String template, String gitTag, String tag) {
        assertThat(TagTemplate.ofRelease(template, gitTag)).isEqualTo(tag);
    }

    private static GitSource at(String ref) {
        return GitSourceBuilder.builder()
                .url("https://git.example/app.git")
                .ref(ref)
                .build();
    }
}
