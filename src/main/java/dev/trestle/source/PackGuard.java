package dev.trestle.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.lib.Constants;

/**
 * A pack as it passes by: each byte is looked at before JGit gets it, since JGit takes as much memory as a pack announces. JGit's own limit,
 * {@code PackParser.setMaxObjectSizeLimit}, comes after the number of objects, and knows nothing of differences that build on each other.
 *
 * @see <a href="https://git-scm.com/docs/pack-format">pack-format</a>
 */
final class PackGuard extends FilterInputStream {
    private static final int HEADER = 12;
    private static final int COUNT_AT = 8;
    /** The bytes that JGit keeps of each object until the pack is read. */
    private static final long HEAP_PER_OBJECT = 150;

    private final PackLimits limits;
    private final Allowance allowance;
    private final ByteBudget.Share share;
    private final Inflater inflater = new Inflater();
    private final byte[] inflated = new byte[8192];
    private final PackObject object = new PackObject();
    private final PackChains chains = new PackChains();
    private long position;
    private long count;
    private long unpacked;
    private State state = State.HEADER;

    private enum State {
        HEADER,
        OBJECT,
        CONTENT,
        END
    }

    PackGuard(InputStream pack, PackLimits limits, Allowance allowance, ByteBudget.Share share) {
        super(pack);
        this.limits = limits;
        this.allowance = allowance;
        this.share = share;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var read = super.read(buffer, offset, length);
        if (read > 0) {
            allowance.packed(read);
            look(buffer, offset, offset + read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, inflated.length)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        super.close();
    }

    private void look(byte[] bytes, int from, int to) throws IOException {
        for (var at = from; at < to && state != State.END; ) {
            at = switch (state) {
                case HEADER -> header(bytes[at], at);
                case OBJECT -> object(bytes[at], at);
                case CONTENT -> content(bytes, at, to);
                case END -> to;
            };
        }
    }

    private int header(byte next, int at) throws Refused {
        if (position >= COUNT_AT) {
            count = (count << 8) | (next & 0xff);
        }
        if (++position == HEADER) {
            refuseIf(count > limits.objects(), "the server gives more than %d objects", limits.objects());
            share.growTo(count * HEAP_PER_OBJECT);
            nextObject();
        }
        return at + 1;
    }

    private void nextObject() {
        state = count == 0 ? State.END : State.OBJECT;
        object.begin(position);
    }

    private int object(byte next, int at) throws IOException {
        position++;
        if (object.headerEndsWith(next)) {
            check(object.type(), object.size());
            inflater.reset();
            state = State.CONTENT;
        }
        return at + 1;
    }

    private void check(int type, long size) throws Refused {
        switch (type) {
            case Constants.OBJ_COMMIT, Constants.OBJ_TAG ->
                refuseIf(size > limits.commitBytes(), "a commit or tag has more than %d bytes", limits.commitBytes());
            case Constants.OBJ_TREE ->
                refuseIf(size > limits.treeBytes(), "a folder has more than %d bytes", limits.treeBytes());
            case Constants.OBJ_OFS_DELTA, Constants.OBJ_REF_DELTA ->
                refuseIf(size > limits.deltaBytes(), "a difference has more than %d bytes", limits.deltaBytes());
            default -> refuseIf(size > limits.bytes(), "a file has more than %d bytes", limits.bytes());
        }
    }

    private int content(byte[] bytes, int at, int to) throws IOException {
        inflater.setInput(bytes, at, to - at);
        try {
            while (!inflater.finished() && !inflater.needsInput()) {
                var length = inflater.inflate(inflated);
                if (length == 0 && !inflater.finished() && !inflater.needsInput()) {
                    throw new Refused("the pack is damaged");
                }
                unpacked(length);
            }
        } catch (DataFormatException e) {
            throw new Refused("the pack is damaged");
        }
        var rest = inflater.getRemaining();
        position += to - at - rest;
        if (inflater.finished()) {
            ends();
        }
        return to - rest;
    }

    private void unpacked(int length) throws IOException {
        unpacked += length;
        refuseIf(unpacked > limits.bytes(), "its objects have more than %d bytes", limits.bytes());
        object.contentGoesOn(inflated, length);
        allowance.check();
    }

    private void ends() throws IOException {
        var size = object.resultSize();
        refuseIf(
                object.isDelta() && size > limits.deltaBytes(),
                "what a difference comes to has more than %d bytes",
                limits.deltaBytes());
        var chain = chains.add(object);
        refuseIf(
                chain > limits.chainBytes(),
                "objects that build on each other have more than %d bytes",
                limits.chainBytes());
        share.growTo(chains.objects() * HEAP_PER_OBJECT + chains.longest());
        count--;
        nextObject();
    }

    private static void refuseIf(boolean over, String message, long limit) throws Refused {
        if (over) {
            throw new Refused(message.formatted(limit));
        }
    }
}
