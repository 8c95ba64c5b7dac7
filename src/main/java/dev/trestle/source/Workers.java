package dev.trestle.source;

/** The threads that looks run on. */
interface Workers extends AutoCloseable {
    /** Runs the work where it stands. */
    Workers DIRECT = new Workers() {
        @Override
        public void run(Lane lane, String server, Runnable work, Runnable givenUp) {
            work.run();
        }

        @Override
        public void close() {}
    };

    /**
     * Runs the work when there is a thread for it.
     *
     * @param server that is asked: the one that has the fewest threads is next
     * @param givenUp runs instead of its end when it takes too long: the work may still go on, and its thread is no longer counted
     */
    void run(Lane lane, String server, Runnable work, Runnable givenUp);

    /** No more work is begun, and running work is interrupted. */
    @Override
    void close();
}
