package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.shipped.ShippedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the flags and the heap of the shipped operator, and a part of that used otherwise. */
class HostileRepositoriesTest {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final Path folder;

    HostileRepositoriesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void packs() throws Exception {
        assertThat(lines(HostileRepositories.Packs.class))
                .containsExactly(
                        "a folder has more than 12582912 bytes",
                        "a commit or tag has more than 1048576 bytes",
                        "the server gives more than 200000 objects",
                        "objects that build on each other have more than 25165824 bytes",
                        "the server gives more than 8 MiB");
    }

    @Test
    void refsOfManyServersAtOnce() throws Exception {
        var lines = lines(HostileRepositories.Refs.class);

        assertThat(lines.subList(0, 8))
                .allMatch(line -> line.equals("read 99000")
                        || line.equals("the server gives more than 8 MiB")
                        || line.equals("it has more than 100000 refs")
                        || line.equals("the operator reads too much from other repositories at this moment"));
        assertThat(lines.subList(4, 8)).noneMatch(line -> line.startsWith("read"));
        assertThat(lines).last().isEqualTo("alive with 64 MiB");
    }

    @Test
    void aRepositoryOfLinuxsSizeAndAHundredOfItsRefs() throws Exception {
        assertThat(lines(HostileRepositories.ManyRefs.class))
                .singleElement()
                .asString()
                .matches("read 100 refs, \\d{1,2} KiB each beside \\d+ MiB of folders, 64 MiB used otherwise");
    }

    @Test
    void treesAtTheirLimitsAndBeyond() throws Exception {
        var lines = lines(HostileRepositories.LargeTrees.class);

        assertThat(lines.subList(0, 4))
                .allMatch(line -> line.endsWith(" inputs")
                        || line.equals("the operator reads too much from other repositories at this moment"));
        assertThat(lines.subList(4, 8))
                .containsExactly(
                        "it has more than 300000 files",
                        "its paths have more than 67108864 characters",
                        "it has more than 100000 folders",
                        "alive with 64 MiB");
    }

    private List<String> lines(Class<?> program) throws Exception {
        var ended = ShippedJvm.run(program, LONGEST, folder.toString());
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return ended.output().lines().toList();
    }
}
