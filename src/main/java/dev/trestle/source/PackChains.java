package dev.trestle.source;

import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;

/**
 * How many bytes each object of a pack comes to together with those that it builds on. A difference to an object that is named by its id
 * may build on any other such difference: it counts with all of them.
 */
final class PackChains {
    private long[] positions = new long[64];
    private long[] bytes = new long[64];
    private int count;
    private long byId;
    private long longest;

    int objects() {
        return count;
    }

    long longest() {
        return longest;
    }

    /**
     * @param object stands behind all those before
     * @return the size of the result
     * @throws Refused when its base is no object before it
     */
    long add(PackObject object) throws Refused {
        var size = object.resultSize();
        var chain = switch (object.type()) {
            case Constants.OBJ_OFS_DELTA -> size + of(object.basePosition());
            case Constants.OBJ_REF_DELTA -> byId += size;
            default -> size;
        };
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, 2 * count);
            bytes = Arrays.copyOf(bytes, 2 * count);
        }
        positions[count] = object.position();
        bytes[count++] = chain;
        if (object.isDelta()) {
            longest = Math.max(longest, chain);
        }
        return object.isDelta() ? chain : 0;
    }

    private long of(long position) throws Refused {
        var at = Arrays.binarySearch(positions, 0, count, position);
        if (at < 0) {
            throw new Refused("the pack is damaged");
        }
        return bytes[at];
    }
}
