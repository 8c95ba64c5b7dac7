package dev.trestle.source;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a server's first answer. JGit reads ids of 40 digits alone, and says of others that a block is short.
 *
 * @see <a href="https://git-scm.com/docs/protocol-v2#_object_format">protocol-v2, object-format</a>
 */
final class ObjectFormat extends FilterInputStream {
    static final String NOT_SUPPORTED =
            "its object ids are SHA-256, and repositories of these are not supported; name one of SHA-1, which is git's default";

    /** Capabilities stand at the beginning, and take some hundred bytes. */
    private static final int LOOKED_AT = 4096;

    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

    ObjectFormat(InputStream answer) {
        super(answer);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        if (count > 0 && beginning.size() < LOOKED_AT) {
            beginning.write(buffer, offset, count);
            if (beginning.toString(StandardCharsets.ISO_8859_1).contains("object-format=sha256")) {
                throw new Refused(NOT_SUPPORTED);
            }
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
