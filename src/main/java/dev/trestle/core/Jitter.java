package dev.trestle.core;

import java.time.Duration;
import java.util.List;

/** Objects that failed together must not be retried together. */
public final class Jitter {
    private Jitter() {}

    /** Longer by up to a half, and always by the same for the same {@code parts}: a restart forgets nothing. */
    public static Duration upToHalfMore(Duration least, List<String> parts) {
        var share = Integer.parseInt(Hash.shortOf(4, parts), 16);
        return least.plusMillis(least.toMillis() / 2 * share / 0xffff);
    }
}
