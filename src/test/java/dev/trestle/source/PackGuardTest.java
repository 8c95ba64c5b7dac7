package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit of a pack: what reaches it passes, what is one more does not. */
class PackGuardTest {
    private static final PackLimits LIMITS = new PackLimits(3, 100, 200, 300, 400, 1000);
    private static final byte[] NOTHING = {};

    @ParameterizedTest(name = "{0}")
    @MethodSource("packs")
    void aPackPassesUpToTheLimit(String limit, PackBytes passes, PackBytes isRefused, String message)
            throws IOException {
        assertThat(read(passes.whole(), 8192)).isEqualTo(passes.whole());
        assertThat(read(passes.whole(), 1)).as("byte by byte").isEqualTo(passes.whole());
        assertThatThrownBy(() -> read(isRefused.whole(), 8192))
                .as(limit)
                .isInstanceOf(Refused.class)
                .hasMessage(message);
        assertThatThrownBy(() -> read(isRefused.whole(), 1)).hasMessage(message);
    }

    static Stream<Arguments> packs() throws IOException {
        var blob = Constants.OBJ_BLOB;
        return Stream.of(
                arguments(
                        "objects",
                        new PackBytes(3)
                                .object(blob, new byte[1])
                                .object(blob, new byte[2])
                                .object(blob, NOTHING),
                        new PackBytes(4),
                        "the server gives more than 3 objects"),
                arguments(
                        "commits",
                        new PackBytes(1).object(Constants.OBJ_COMMIT, new byte[100]),
                        new PackBytes(1).object(Constants.OBJ_COMMIT, new byte[101]),
                        "a commit or tag has more than 100 bytes"),
                arguments(
                        "tags",
                        new PackBytes(1).object(Constants.OBJ_TAG, new byte[100]),
                        new PackBytes(1).object(Constants.OBJ_TAG, 2_000_000_000L, NOTHING),
                        "a commit or tag has more than 100 bytes"),
                arguments(
                        "folders",
                        new PackBytes(1).object(Constants.OBJ_TREE, new byte[200]),
                        new PackBytes(1).object(Constants.OBJ_TREE, new byte[201]),
                        "a folder has more than 200 bytes"),
                arguments(
                        "differences",
                        new PackBytes(2).object(blob, new byte[9]).deltaToTheLast(9, 300, new byte[297]),
                        new PackBytes(2).object(blob, new byte[9]).deltaToTheLast(9, 300, new byte[298]),
                        "a difference has more than 300 bytes"),
                arguments(
                        "what differences come to",
                        new PackBytes(2).object(blob, new byte[9]).deltaToTheLast(9, 300, NOTHING),
                        new PackBytes(2).object(blob, new byte[9]).deltaToTheLast(9, 301, NOTHING),
                        "what a difference comes to has more than 300 bytes"),
                arguments(
                        "differences that build on each other",
                        new PackBytes(3)
                                .object(blob, new byte[100])
                                .deltaToTheLast(100, 150, NOTHING)
                                .deltaToTheLast(150, 150, NOTHING),
                        new PackBytes(3)
                                .object(blob, new byte[100])
                                .deltaToTheLast(100, 150, NOTHING)
                                .deltaToTheLast(150, 151, NOTHING),
                        "objects that build on each other have more than 400 bytes"),
                arguments(
                        "differences to objects by their id, which may build on each other",
                        new PackBytes(2).deltaTo(new byte[20], 9, 200, NOTHING).deltaTo(new byte[20], 9, 200, NOTHING),
                        new PackBytes(2).deltaTo(new byte[20], 9, 200, NOTHING).deltaTo(new byte[20], 9, 201, NOTHING),
                        "objects that build on each other have more than 400 bytes"),
                arguments(
                        "all of it, unpacked",
                        new PackBytes(2).object(blob, new byte[500]).object(blob, new byte[500]),
                        new PackBytes(2).object(blob, new byte[500]).object(blob, new byte[501]),
                        "its objects have more than 1000 bytes"),
                arguments(
                        "one file",
                        new PackBytes(1).object(blob, new byte[1000]),
                        new PackBytes(1).object(blob, 1001, new byte[1]),
                        "a file has more than 1000 bytes"),
                arguments(
                        "an object longer than it says",
                        new PackBytes(1).object(blob, 10, new byte[10]),
                        new PackBytes(1).object(blob, 10, new byte[11]),
                        "the pack is damaged"));
    }

    @Test
    void aPackThatGitWritesPasses(@TempDir Path folder) throws Exception {
        try (var server = new GitServer(folder.resolve("server"))) {
            server.commit("a", "one ".repeat(1000));
            var commit = server.commit("a", "one ".repeat(1001) + "two");
            var reader = new JGitReader(folder.resolve("mirrors"), Limits.USUAL, GitServer.anywhere());
            var url = folder.resolve("server/.git").toUri().toString();

            assertThat(reader.treeOf(url, commit).files()).containsOnlyKeys("a");
        }
    }

    private static byte[] read(byte[] pack, int atOnce) throws IOException {
        var budget = new ByteBudget(1 << 20, 1 << 20, 1 << 20);
        var allowance = new Allowance(
                new Allowance.Limit(Duration.ofMinutes(1), 1 << 20, 1 << 20), System::nanoTime, budget, budget);
        try (var guard = new PackGuard(new ByteArrayInputStream(pack), LIMITS, allowance, budget.share())) {
            var all = new ByteArrayOutputStream();
            var buffer = new byte[atOnce];
            for (var count = guard.read(buffer); count >= 0; count = guard.read(buffer)) {
                all.write(buffer, 0, count);
            }
            return all.toByteArray();
        }
    }
}
