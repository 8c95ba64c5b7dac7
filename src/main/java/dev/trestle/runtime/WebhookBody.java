package dev.trestle.runtime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body as it passes by: counted, and shown to the proof. */
final class WebhookBody extends FilterInputStream {
    private final WebhookProof proof;
    private final long most;
    private long passed;

    /** More came than is taken. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    WebhookBody(InputStream body, WebhookProof proof, long most) {
        super(body);
        this.proof = proof;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        if (count > 0) {
            passed += count;
            if (passed > most) {
                throw new TooLarge();
            }
            proof.update(buffer, offset, count);
        }
        return count;
    }

    /** What nobody has read yet is part of what is signed. */
    void drain() throws IOException {
        var buffer = new byte[8192];
        while (read(buffer, 0, buffer.length) >= 0) {
            // the proof sees it
        }
    }
}
