package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.registry.MergeRequest.Source;
import dev.trestle.registry.MergeRequest.Target;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeRequestTest {

    private static final String DIGEST = "sha256:" + "a1".repeat(32);

    @Test
    void readsSourcesAndTargets() {
        var source = Source.parse("linux/arm/v7=127.0.0.1:5000/a/b-c/d__e@" + DIGEST);
        var target = Target.parse("docker.io/ubuntu=v1,latest,v1");

        assertThat(source.platform()).hasToString("linux/arm/v7");
        assertThat(source).hasToString("127.0.0.1:5000/a/b-c/d__e@" + DIGEST);
        assertThat(target.repository()).hasToString("docker.io/library/ubuntu");
        assertThat(target.tags()).containsExactly("v1", "latest");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "linux/amd64,                       is no source; write PLATFORM=REPOSITORY@DIGEST",
                "linux/amd64=quay.io/a:latest,      is no source",
                "linux=quay.io/a@DIGEST,            'linux' is no platform",
                "linux/amd64=a/b@DIGEST,            'a/b' is no repository; write the registry's host and the name",
                "linux/amd64=quay.io/A@DIGEST,      is no repository",
                "linux/amd64=quay.io/../a@DIGEST,   is no repository",
                "linux/amd64=u:p@quay.io/a@DIGEST,  is no repository",
                "linux/amd64=quay.io/a@sha256:12,   is no digest"
            })
    void refusesSources(String text, String message) {
        assertThatThrownBy(() -> Source.parse(text.replace("DIGEST", DIGEST))).hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "quay.io/a          | is no target; write REPOSITORY=TAG,TAG",
                "quay.io/a=         | '' is no tag",
                "quay.io/a=v1,      | '' is no tag",
                "quay.io/a=.v1      | '.v1' is no tag",
                "quay.io/a=v/1      | 'v/1' is no tag",
                "https://quay.io/a=v1 | is no repository"
            })
    void refusesTargets(String text, String message) {
        assertThatThrownBy(() -> Target.parse(text)).hasMessageContaining(message);
    }

    @Test
    void refusesTooMany() {
        var source = Source.parse("linux/amd64=quay.io/a@" + DIGEST);
        var target = Target.parse("quay.io/a=v1");

        assertThatThrownBy(() -> new MergeRequest(List.of(), List.of(target), Map.of()))
                .hasMessage("There are 0 sources; 1 to 32 may be.");
        assertThatThrownBy(() -> new MergeRequest(List.of(source), Collections.nCopies(17, target), Map.of()))
                .hasMessage("There are 17 targets; 1 to 16 may be.");
    }
}
