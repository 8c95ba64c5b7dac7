package dev.trestle.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that jumps. */
final class ShiftedClock extends Clock {
    private volatile Duration shift = Duration.ZERO;

    void jump(Duration by) {
        shift = shift.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The operator's clock is UTC.");
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(shift);
    }
}
