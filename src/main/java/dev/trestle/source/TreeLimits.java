package dev.trestle.source;

import dev.trestle.core.inputs.Folder;

/**
 * How large a commit may be. The commit counts as it would be checked out, and its different folders by their size on the heap.
 *
 * @param files how many; links and submodules count
 * @param folders how many
 * @param pathCharacters of all paths of files together
 * @param longestPath in characters; Linux opens none that is longer than 4,095 bytes
 * @param depth of folders in each other
 * @param objectBytes of one folder, as git has it
 * @param bytes of all different folders, on the heap
 */
record TreeLimits(
        long files, long folders, long pathCharacters, long longestPath, int depth, int objectBytes, long bytes) {
    private static final int MEBIBYTE = 1 << 20;

    static final TreeLimits USUAL =
            new TreeLimits(300_000, 100_000, 64 * MEBIBYTE, 4095, 256, 12 * MEBIBYTE, 32 * MEBIBYTE);

    void check(Folder.Totals totals) throws Refused {
        refuseIf(totals.files() > files, "it has more than %d files", files);
        refuseIf(totals.folders() > folders, "it has more than %d folders", folders);
        refuseIf(totals.pathCharacters() > pathCharacters, "its paths have more than %d characters", pathCharacters);
        refuseIf(totals.longestPath() > longestPath, "one of its paths has more than %d characters", longestPath);
        checkDepth(totals.depth());
    }

    void checkDepth(int deep) throws Refused {
        refuseIf(deep > depth, "its folders are more than %d deep", depth);
    }

    /** @param entries of different folders; each of them is at least one file or folder */
    void checkEntries(long entries) throws Refused {
        refuseIf(entries > files + folders, "it has more than %d files and folders", files + folders);
    }

    void checkObject(long size) throws Refused {
        refuseIf(size > objectBytes, "one of its folders has more than %d bytes", objectBytes);
    }

    void checkBytes(long taken) throws Refused {
        refuseIf(taken > bytes, "its folders take more than %d bytes", bytes);
    }

    private static void refuseIf(boolean over, String message, long limit) throws Refused {
        if (over) {
            throw new Refused(message.formatted(limit));
        }
    }
}
