package dev.trestle.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;

/** Writes packs byte by byte, also such as no git would make. */
final class PackBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int last;

    /** @param count as it is announced */
    PackBytes(int count) {
        bytes.writeBytes("PACK".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(ByteBuffer.allocate(8).putInt(2).putInt(count).array());
    }

    PackBytes object(int type, byte[] content) throws IOException {
        return object(type, content.length, content);
    }

    /** @param size as it is announced */
    PackBytes object(int type, long size, byte[] content) throws IOException {
        last = bytes.size();
        header(type, size);
        return deflated(content);
    }

    /** A difference to the object before, which comes to a run of one byte. */
    PackBytes deltaToTheLast(long baseSize, long resultSize, byte[] instructions) throws IOException {
        var begins = bytes.size();
        var delta = delta(baseSize, resultSize, instructions);
        header(Constants.OBJ_OFS_DELTA, delta.length);
        bytes.writeBytes(offset(begins - last));
        last = begins;
        return deflated(delta);
    }

    PackBytes deltaTo(byte[] id, long baseSize, long resultSize, byte[] instructions) throws IOException {
        last = bytes.size();
        var delta = delta(baseSize, resultSize, instructions);
        header(Constants.OBJ_REF_DELTA, delta.length);
        bytes.writeBytes(id);
        return deflated(delta);
    }

    byte[] withoutEnd() {
        return bytes.toByteArray();
    }

    byte[] whole() {
        try {
            var written = bytes.toByteArray();
            var all = new ByteArrayOutputStream();
            all.writeBytes(written);
            all.writeBytes(MessageDigest.getInstance("SHA-1").digest(written));
            return all.toByteArray();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] delta(long baseSize, long resultSize, byte[] instructions) {
        var delta = new ByteArrayOutputStream();
        number(delta, baseSize);
        number(delta, resultSize);
        delta.writeBytes(instructions);
        return delta.toByteArray();
    }

    private void header(int type, long size) {
        var rest = size >> 4;
        bytes.write((int) ((type << 4) | (size & 15) | (rest > 0 ? 0x80 : 0)));
        if (rest > 0) {
            number(bytes, rest);
        }
    }

    private static void number(ByteArrayOutputStream to, long number) {
        var rest = number;
        for (; rest > 0x7f; rest >>= 7) {
            to.write((int) ((rest & 0x7f) | 0x80));
        }
        to.write((int) rest);
    }

    private static byte[] offset(long offset) {
        var reversed = new ByteArrayOutputStream();
        var rest = offset;
        reversed.write((int) (rest & 0x7f));
        while ((rest >>= 7) > 0) {
            rest--;
            reversed.write((int) ((rest & 0x7f) | 0x80));
        }
        var bytes = reversed.toByteArray();
        var inOrder = new byte[bytes.length];
        for (var at = 0; at < bytes.length; at++) {
            inOrder[at] = bytes[bytes.length - 1 - at];
        }
        return inOrder;
    }

    private PackBytes deflated(byte[] content) throws IOException {
        try (var deflate = new DeflaterOutputStream(bytes)) {
            deflate.write(content);
        }
        return this;
    }
}
