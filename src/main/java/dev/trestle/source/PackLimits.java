package dev.trestle.source;

/**
 * The limits of a pack.
 *
 * @param objects how many
 * @param commitBytes of one commit or tag, whose message has no other end
 * @param treeBytes of one folder
 * @param deltaBytes of the result of one difference
 * @param chainBytes of an object with all those that its differences build on: JGit may hold them at once
 * @param bytes of all, as they are unpacked
 */
record PackLimits(int objects, long commitBytes, long treeBytes, long deltaBytes, long chainBytes, long bytes) {
    private static final long MEBIBYTE = 1 << 20;

    static final PackLimits USUAL =
            new PackLimits(200_000, MEBIBYTE, 12 * MEBIBYTE, 12 * MEBIBYTE, 24 * MEBIBYTE, 2048 * MEBIBYTE);
}
