package dev.trestle.runtime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A request's body as it passes by: counted, timed, and shown to the proof. Servers send a push in one go, so one that takes its time
 * holds a connection that others need.
 */
final class WebhookBody extends FilterInputStream {
    private final WebhookProof proof;
    private final long most;
    private final LongSupplier nanos;
    private final long began;
    private final AtomicLong passed = new AtomicLong();

    /** Longer than any network holds a body up. */
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final double BYTES_PER_NANO = (2 << 20) / 1e9;

    /** More came than is taken. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** @param nanos the time that passes, as {@link System#nanoTime} tells it */
    WebhookBody(InputStream body, WebhookProof proof, long most, LongSupplier nanos) {
        super(body);
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.proof = proof;
        this.most = most;
    }

    /** Whether less has come than 2 MiB a second, 2 s after its beginning. */
    boolean isTooSlow() {
        return (nanos.getAsLong() - began - GRACE_NANOS) * BYTES_PER_NANO > passed.get();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        if (count > 0) {
            if (passed.addAndGet(count) > most) {
                throw new TooLarge();
            }
            proof.update(buffer, offset, count);
        }
        return count;
    }

    /** The signature covers the unread rest too. */
    void drain() throws IOException {
        var buffer = new byte[8192];
        while (read(buffer, 0, buffer.length) >= 0) {
            // the proof sees it
        }
    }
}
