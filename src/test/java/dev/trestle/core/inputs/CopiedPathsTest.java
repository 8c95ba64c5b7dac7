package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.dockerfile.DockerfileReads;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopiedPathsTest {
    @Test
    void morePathsThanAreLookedUpCannotBeTold() {
        assertThat(CopiedPaths.of(paths("f%d", 2_000))).isPresent();
        assertThat(CopiedPaths.of(paths("f%d", 2_001))).isEmpty();
        assertThat(CopiedPaths.of(paths("f*%d", 100))).isPresent();
        assertThat(CopiedPaths.of(paths("f*%d", 101))).isEmpty();
    }

    @Test
    void whatTheReaderCannotTell() {
        assertThat(CopiedPaths.of(new DockerfileReads.Unknown("another frontend reads it")))
                .isEmpty();
    }

    private static DockerfileReads paths(String name, int count) {
        var paths = IntStream.range(0, count).mapToObj(name::formatted).toList();
        return new DockerfileReads.Paths(paths, false, List.of());
    }
}
