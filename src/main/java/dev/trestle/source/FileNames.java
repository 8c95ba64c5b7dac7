package dev.trestle.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Git's names of files, which are bytes of any encoding, as text: a byte that is not UTF-8 becomes the lone surrogate U+DC00 plus its
 * value, as Python's {@code surrogateescape} does, so that two names are never one text.
 *
 * @see <a href="https://peps.python.org/pep-0383/">PEP 383</a>
 */
final class FileNames {
    private static final int ESCAPE = 0xDC00;

    private FileNames() {}

    /** The name that git has in these bytes. */
    static String of(byte[] name) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(name);
        var out = CharBuffer.allocate(name.length);
        while (decodeSome(decoder, in, out)) {
            out.put((char) (ESCAPE + (in.get() & 0xFF)));
        }
        return out.flip().toString();
    }

    /** @return whether it stands before a byte that cannot be decoded */
    private static boolean decodeSome(CharsetDecoder decoder, ByteBuffer in, CharBuffer out) {
        decoder.reset();
        return decoder.decode(in, out, true).isError();
    }
}
