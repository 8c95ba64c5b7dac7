package dev.trestle.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/**
 * The bytes that one operation may still read, and until when. JGit asks it as its progress monitor too, so the end holds while JGit
 * processes the bytes that it has read.
 */
final class Allowance extends EmptyProgressMonitor implements AutoCloseable {
    /** JGit keeps each ref as texts, ids and entries of maps. Measured: 4.2 bytes for each of a listing. */
    private static final int HEAP_PER_BYTE = 5;

    private final Limit limit;
    private final LongSupplier nanos;
    private final long began;
    private final ByteBudget.Share memory;
    private final ByteBudget.Share disk;
    private long read;
    private long packed;

    /**
     * @param longest for all of it
     * @param bytes of all that is read
     * @param bytesBesidePacks of refs, and of the server's messages
     */
    record Limit(Duration longest, long bytes, long bytesBesidePacks) {}

    /** @param nanos the time that passes, as {@link System#nanoTime} tells it */
    Allowance(Limit limit, LongSupplier nanos, ByteBudget memory, ByteBudget disk) {
        this.limit = limit;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.memory = memory.share();
        this.disk = disk.share();
    }

    long read() {
        return read;
    }

    @Override
    public boolean isCancelled() {
        return isOver() || Thread.currentThread().isInterrupted();
    }

    /** @throws Refused when the time is over, or the thread is wanted back */
    void check() throws Refused {
        if (isOver()) {
            throw new Refused("the server takes longer than %d s"
                    .formatted(limit.longest().toSeconds()));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new Refused("it was interrupted");
        }
    }

    private boolean isOver() {
        return nanos.getAsLong() - began > limit.longest().toNanos();
    }

    /** So many of the bytes were of a pack, which goes to disk. */
    void packed(int count) throws Refused {
        packed += count;
        disk.growTo(packed);
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
        refuseIf(read > limit.bytes(), limit.bytes());
        refuseIf(read - packed > limit.bytesBesidePacks(), limit.bytesBesidePacks());
        memory.growTo((read - packed) * HEAP_PER_BYTE);
        check();
    }

    private static void refuseIf(boolean over, long most) throws Refused {
        if (over) {
            throw new Refused("the server gives more than %d MiB".formatted(most >> 20));
        }
    }

    @Override
    public void close() {
        memory.close();
        disk.close();
    }
}
