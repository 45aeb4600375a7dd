package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;

/**
 * The body of a request as far as it has been sent, kept so that another endpoint can be sent it from its beginning. The very buffers, not copies; what
 * does not fit is not kept at all. Reused; event-loop confined.
 *
 * <p><b>Ownership.</b> Holds a reference to each part until {@link #release}.
 */
final class KeptBody {

    /** A part holds on to the whole buffer it was read into, so that their number is bounded as well. */
    private static final int MOST_SMALL_PARTS = 64;

    /** Above this many octets a part is as large as a read that is worth the while. */
    private static final int LARGE_PART_BYTES = 4096;

    private final ArrayList<ByteBuf> parts = new ArrayList<>(0);
    private int maxBytes;
    private int bytes;
    private boolean keeping;
    private boolean whole;

    /** Begins with nothing, and keeps up to this many octets; 0: does not keep. */
    void begin(int most) {
        maxBytes = most;
        bytes = 0;
        keeping = most > 0;
        whole = true;
    }

    /** Takes note of the next part to be sent; it stays the caller's. */
    void add(ByteBuf part) {
        if (keeping && bytes + part.readableBytes() <= maxBytes && parts.size() < mostParts()) {
            bytes += part.readableBytes();
            parts.add(part.retainedDuplicate());
        } else {
            release();
            whole = false;
        }
    }

    private int mostParts() {
        return MOST_SMALL_PARTS + maxBytes / LARGE_PART_BYTES;
    }

    /** Whether all that was sent is here, be it nothing. */
    boolean whole() {
        return whole;
    }

    /** Sends all of it once more. */
    void sendTo(UpstreamConnection to) {
        for (int i = 0; i < parts.size(); i++) {
            to.write(parts.get(i).retainedDuplicate());
        }
    }

    /** Lets go of everything, and keeps nothing from now on. */
    void release() {
        keeping = false;
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).release();
        }
        parts.clear();
    }
}
