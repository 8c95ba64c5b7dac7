package dev.trestle.source;

/**
 * The bytes that all reads from outside may take at once. Each read has a share of it, which grows with the bytes read and is given
 * back at its end; none waits for another, so that a slow server delays no other. A small read always fits.
 */
public final class ByteBudget {
    /** Of a program that reads its user's own files. */
    static final ByteBudget UNLIMITED = new ByteBudget(Long.MAX_VALUE, Long.MAX_VALUE, 0);

    private static final long MEBIBYTE = 1 << 20;

    private final long most;
    private final long mostOfOne;
    private final long free;
    private long taken;

    /**
     * @param most of all shares together, beyond the free ones
     * @param mostOfOne of one share
     * @param free of each share, which is always there
     */
    public ByteBudget(long most, long mostOfOne, long free) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.free = free;
    }

    public Share share() {
        return new Share();
    }

    private synchronized void take(long bytes) throws Refused {
        if (bytes > most - taken) {
            throw new Refused("the operator reads too much from other repositories at this moment");
        }
        taken += bytes;
    }

    private synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    synchronized long taken() {
        return taken;
    }

    /** The share of one read. Of one thread at a time. */
    public final class Share implements AutoCloseable {
        private long held;

        private Share() {}

        /**
         * Takes so much more, unless it has as much already.
         *
         * @param bytes altogether
         * @throws Refused when this is more than one share may be, or when the others leave no room
         */
        public void growTo(long bytes) throws Refused {
            if (bytes > mostOfOne) {
                throw new Refused("it takes more than %d MiB here".formatted(mostOfOne / MEBIBYTE));
            }
            var more = bytes - free - held;
            if (more > 0) {
                take(more);
                held += more;
            }
        }

        @Override
        public void close() {
            giveBack(held);
            held = 0;
        }
    }
}
