package dev.trestle.source;

import org.eclipse.jgit.lib.Constants;

/** One object of a pack, as far as it has been seen. */
final class PackObject {
    private static final int LONGEST_HEADER = 32;
    private static final int MORE = 0x80;

    private final byte[] header = new byte[LONGEST_HEADER];
    private final byte[] start = new byte[20];
    private int headerLength;
    private int sizeLength;
    private int startLength;
    private long produced;
    private long position;
    private int type;
    private long size;

    void begin(long at) {
        position = at;
        headerLength = 0;
        sizeLength = 0;
        startLength = 0;
        produced = 0;
    }

    int type() {
        return type;
    }

    /** As it is announced, unpacked; of a difference, its own. */
    long size() {
        return size;
    }

    long position() {
        return position;
    }

    boolean isDelta() {
        return type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA;
    }

    /** @return whether the content begins with the next byte */
    boolean headerEndsWith(byte next) throws Refused {
        if (headerLength == LONGEST_HEADER) {
            throw new Refused("the pack is damaged");
        }
        header[headerLength++] = next;
        if (sizeLength == 0) {
            if ((next & MORE) != 0) {
                return false;
            }
            sizeLength = headerLength;
            readSize();
            return !isDelta();
        }
        return type == Constants.OBJ_OFS_DELTA
                ? (next & MORE) == 0
                : headerLength == sizeLength + Constants.OBJECT_ID_LENGTH;
    }

    private void readSize() throws Refused {
        type = (header[0] >> 4) & 7;
        size = header[0] & 15;
        for (int at = 1, shift = 4; at < sizeLength; at++, shift += 7) {
            if (shift > 55) {
                throw new Refused("the pack is damaged");
            }
            size += (long) (header[at] & 0x7f) << shift;
        }
    }

    /** Where in the pack the object begins that this difference builds on. */
    long basePosition() {
        var offset = (long) header[sizeLength] & 0x7f;
        for (var at = sizeLength + 1; at < headerLength; at++) {
            offset = ((offset + 1) << 7) | (header[at] & 0x7f);
        }
        return position - offset;
    }

    /** @throws Refused when it is longer than announced */
    void contentGoesOn(byte[] bytes, int length) throws Refused {
        produced += length;
        if (produced > size) {
            throw new Refused("the pack is damaged");
        }
        var more = Math.min(length, start.length - startLength);
        System.arraycopy(bytes, 0, start, startLength, more);
        startLength += more;
    }

    /** Of a difference: the size of its result, the second number that it begins with. */
    long resultSize() throws Refused {
        return isDelta() ? number(endOfNumber(0)) : size;
    }

    private int endOfNumber(int from) throws Refused {
        for (var at = from; at < startLength; at++) {
            if ((start[at] & MORE) == 0) {
                return at + 1;
            }
        }
        throw new Refused("the pack is damaged");
    }

    private long number(int from) throws Refused {
        var end = endOfNumber(from);
        if (end - from > 9) {
            throw new Refused("the pack is damaged");
        }
        var number = 0L;
        for (var at = end - 1; at >= from; at--) {
            number = (number << 7) | (start[at] & 0x7f);
        }
        return number;
    }
}
