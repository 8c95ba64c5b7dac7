package dev.trestle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * How long the machine's processors have worked since it started, from {@code /proc/stat}, in the kernel's ticks.
 *
 * @param busy user, system and interrupt time
 * @param stolen time that the hypervisor gave to other machines
 * @param total all of it, idle time included
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 */
record MachineLoad(long busy, long stolen, long total) {
    /** An idle local cluster takes about a tenth of two cores. */
    private static final double MOST_BUSY = 0.25;

    private static final double MOST_STOLEN = 0.05;
    private static final int STEAL = 7;
    private static final int FIELDS = 8;

    static MachineLoad now() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/stat")).getFirst());
    }

    /** @param line such as {@code cpu  1 2 3 4 5 6 7 8 0 0}: user, nice, system, idle, iowait, irq, softirq, steal */
    static MachineLoad parse(String line) {
        var ticks = Arrays.stream(line.trim().split("\\s+"))
                .skip(1)
                .limit(FIELDS)
                .mapToLong(Long::parseLong)
                .toArray();
        var total = Arrays.stream(ticks).sum();
        var idle = ticks[3] + ticks[4];
        return new MachineLoad(total - idle - ticks[STEAL], ticks[STEAL], total);
    }

    /** @return why figures taken between the two readings of an idle cluster are doubtful, if they are */
    Optional<String> disturbanceUntil(MachineLoad later) {
        var ticks = Math.max(1, later.total - total);
        var busyShare = (later.busy - busy) / (double) ticks;
        var stolenShare = (later.stolen - stolen) / (double) ticks;
        return busyShare > MOST_BUSY || stolenShare > MOST_STOLEN
                ? Optional.of("with nothing to do, %.0f %% of the machine was busy and %.0f %% stolen by its host"
                        .formatted(busyShare * 100, stolenShare * 100))
                : Optional.empty();
    }
}
