package dev.trestle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.admit.Wave;
import dev.trestle.core.admit.WaveBuild;
import dev.trestle.core.admit.WaveLeg;
import dev.trestle.core.admit.WaveLeg.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaveTextTest {
    private static final Wave WAVE = new Wave(
            "go",
            List.of("go"),
            List.of(
                    new WaveBuild(
                            "cart",
                            "go",
                            List.of(
                                    new WaveLeg("linux/amd64", "amd64", State.Done),
                                    new WaveLeg("linux/arm64", "arm64", State.Running))),
                    new WaveBuild("shop", "go", List.of(new WaveLeg("linux/amd64", "amd64", State.Waiting)))));

    @Test
    void peopleReadATable() {
        assertThat(text(WAVE, true)).isEqualTo("""
                BaseImage 'go' in namespace 'builds': when it moves, 2 builds with 3 legs are rebuilt.
                The wave of 'go' is paused. Resume it: kubectl annotate bimg go -n builds trestle.dev/wave-

                POOL                       LEGS
                amd64                         2
                arm64                         1

                BUILD                                     BASE                       LEGS   DONE  RUNNING  WAITING  FAILED
                cart                                      go                            2      1        1        0       0
                shop                                      go                            1      0        0        1       0

                On the present image: 1 of 3 legs; 1 running, 1 waiting, 0 failed.
                """);
    }

    @Test
    void aBaseThatNobodyUsesIsOneSentence() {
        assertThat(text(new Wave("go", List.of(), List.of()), true))
                .isEqualTo("BaseImage 'go' in namespace 'builds': when it moves, 0 builds with 0 legs are rebuilt.\n");
    }

    @Test
    void withoutPoolsTheColumnSaysWhatIsCounted() {
        assertThat(text(WAVE, false)).contains("BUILD PLATFORM").doesNotContain("POOL");
    }

    @Test
    void programsReadJson() {
        assertThat(WaveText.json(WAVE, "builds").replaceAll("\\s", "")).isEqualTo("""
                        {"base":"go","namespace":"builds","paused":["go"],
                        "legsByPool":{"amd64":2,"arm64":1},
                        "progress":{"done":1,"running":1,"waiting":1,"failed":0},
                        "builds":[{"name":"cart","base":"go","legs":[
                        {"platform":"linux/amd64","pool":"amd64","state":"Done"},
                        {"platform":"linux/arm64","pool":"arm64","state":"Running"}]},
                        {"name":"shop","base":"go","legs":[{"platform":"linux/amd64","pool":"amd64","state":"Waiting"}]}]}
                        """.replaceAll("\\s", ""));
    }

    private static String text(Wave wave, boolean poolsAreKnown) {
        var out = new StringWriter();
        WaveText.print(wave, "builds", poolsAreKnown, new PrintWriter(out, true));
        return out.toString();
    }
}
