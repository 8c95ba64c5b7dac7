package dev.trestle.source;

import java.time.Duration;

/**
 * The limits of one repository. The author of a build chooses it, so none of these may depend on the server's good will.
 *
 * @param answer how long a server may be silent
 * @param listing how long it may take to tell its refs
 * @param fetch how long it may take to give a commit's folders, or a file
 * @param listingBytes how much the refs may be, and in a fetch all that is not objects
 * @param fetchBytes how much one fetch may be
 * @param textBytes how much one Dockerfile may be, as it is sent
 * @param mirrorBytes of the copies of all repositories before a fetch
 */
public record Limits(
        Duration answer,
        Duration listing,
        Duration fetch,
        long listingBytes,
        long fetchBytes,
        long textBytes,
        long mirrorBytes) {
    private static final long MEBIBYTE = 1 << 20;

    public static final Limits USUAL = new Limits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            8 * MEBIBYTE,
            256 * MEBIBYTE,
            8 * MEBIBYTE,
            384 * MEBIBYTE);
}
