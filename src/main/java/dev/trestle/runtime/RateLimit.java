package dev.trestle.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** So many requests a second, with so many at once after a pause: of all, and of each source. */
final class RateLimit {
    private static final int MOST_SOURCES = 1_000;

    private final LongSupplier nanos;
    private final Rate ofEach;
    private final Bucket all;
    private final Map<Object, Bucket> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    record Rate(double perSecond, int atOnce) {}

    private static final class Bucket {
        private final Rate rate;
        private double left;
        private long filled;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            this.left = rate.atOnce();
            this.filled = now;
        }

        boolean take(long now) {
            left = Math.min(rate.atOnce(), left + (now - filled) / 1e9 * rate.perSecond());
            filled = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }

    /** @param nanos the time that passes, as {@link System#nanoTime} tells it */
    RateLimit(Rate ofEach, Rate ofAll, LongSupplier nanos) {
        this.nanos = nanos;
        this.ofEach = ofEach;
        this.all = new Bucket(ofAll, nanos.getAsLong());
    }

    /** A source that has used up its own share takes nothing from the others'. */
    synchronized boolean allows(Object source) {
        var now = nanos.getAsLong();
        return sources.computeIfAbsent(source, _ -> new Bucket(ofEach, now)).take(now) && all.take(now);
    }
}
