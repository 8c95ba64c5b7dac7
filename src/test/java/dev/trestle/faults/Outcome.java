package dev.trestle.faults;

/**
 * A row that has passed.
 *
 * @param namespace that it was played in, deleted since
 * @param published what the tag holds at the end
 * @param status what the build's status says at the end
 */
record Outcome(Fault fault, String namespace, String published, String status, double seconds) {

    /** What was seen at the end of a row. */
    record Seen(String published, String status) {}
}
