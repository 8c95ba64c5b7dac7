package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "third/sub/**,      true",
        "third/sub/src,     true",
        "third/sub/src/*.c, true",
        "third/*/src,       true",
        "third/**,          true",
        "**/*.md,           true",
        "third/sub,         true",
        "*.md,              false",
        "third/subtle/**,   false",
        "first/**,          false",
    })
    void maySelectWithinASubmodule(String glob, boolean may) {
        assertThat(Glob.of(glob).maySelectWithin("third/sub")).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({
        "go.mod,                go.mod,                     true",
        "go.mod,                go.modx,                    false",
        "go.mod,                sub/go.mod,                 false",
        "backend/go,            backend/go/main.go,         true",
        "backend/go,            backend/go,                 true",
        "backend/go/,           backend/go/a/b.go,          true",
        "backend/go,            backend/golang/main.go,     false",
        "./backend,             backend/x,                  true",
        ".,                     anything/at/all,            true",
        "**,                    anything/at/all,            true",
        "backend/go/**,         backend/go/a/b.go,          true",
        "backend/go/**,         backend/go,                 false",
        "backend/*/run.sh,      backend/x/run.sh,           true",
        "backend/*/run.sh,      backend/x/y/run.sh,         false",
        "backend/*,             backend/x/y,                false",
        "**/*.md,               README.md,                  true",
        "**/*.md,               docs/a/b.md,                true",
        "**/*.md,               docs/a/b.mdx,               false",
        "docs/**/*.md,          docs/a.md,                  true",
        "a?.txt,                ab.txt,                     true",
        "a?.txt,                a/.txt,                     false",
        "a+b.(c),               a+b.(c),                    true",
        "a.b,                   axb,                        false",
        "**/test,               x/test,                     true",
    })
    void selects(String glob, String path, boolean selected) {
        assertThat(Glob.of(glob).selects(path)).isEqualTo(selected);
    }
}
