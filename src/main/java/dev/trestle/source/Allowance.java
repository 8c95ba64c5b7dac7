package dev.trestle.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** What one operation may still read, and until when. It ends a fetch of too many objects as well. */
final class Allowance extends EmptyProgressMonitor {
    private static final int MOST_OBJECTS = 500_000;

    private final LongSupplier nanos;
    private final long began;
    private final Duration longest;
    private final long most;
    private long read;
    private volatile boolean tooManyObjects;

    /** @param nanos the time that passes, as {@link System#nanoTime} tells it */
    Allowance(Duration longest, long most, LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.longest = longest;
        this.most = most;
    }

    long read() {
        return read;
    }

    @Override
    public void beginTask(String title, int totalWork) {
        tooManyObjects |= totalWork > MOST_OBJECTS;
    }

    @Override
    public boolean isCancelled() {
        return tooManyObjects;
    }

    InputStream limit(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                var count = super.read(buffer, offset, length);
                take(Math.max(0, count));
                return count;
            }

            @Override
            public long skip(long count) throws IOException {
                return read(new byte[(int) Math.min(count, 8192)]);
            }
        };
    }

    private void take(int count) throws Refused {
        read += count;
        if (read > most) {
            throw new Refused("the server gives more than %d MiB".formatted(most >> 20));
        }
        if (nanos.getAsLong() - began > longest.toNanos()) {
            throw new Refused("the server takes longer than %d s".formatted(longest.toSeconds()));
        }
    }
}
