package io.evenkeel.proxy.proxyprotocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header in the first bytes of a connection, whatever the pieces in which they come, and leaves them as they are. Strict: what is not exactly
 * as the specification has it is malformed.
 *
 * <p><b>Spec.</b> The PROXY protocol, versions 1 and 2 (haproxy.org, {@code proxy-protocol.txt}, 2020/03/05). Event-loop confined.
 */
public final class ProxyHeader {

    private int length;
    private @Nullable Passage passage;

    /** Looks at all that has come so far, from the reader index on. */
    public HeaderVerdict read(ByteBuf in) {
        length = 0;
        passage = null;
        if (!in.isReadable()) {
            return HeaderVerdict.INCOMPLETE;
        }
        byte[] beginning =
                in.getByte(in.readerIndex()) == TextHeader.BEGINNING[0] ? TextHeader.BEGINNING : BinaryHeader.BEGINNING;
        for (int i = 0; i < beginning.length; i++) {
            if (i == in.readableBytes()) {
                return HeaderVerdict.INCOMPLETE;
            }
            if (in.getByte(in.readerIndex() + i) != beginning[i]) {
                return HeaderVerdict.ABSENT;
            }
        }
        return beginning == TextHeader.BEGINNING ? readText(in) : readBinary(in);
    }

    private HeaderVerdict readText(ByteBuf in) {
        TextHeader header = new TextHeader();
        HeaderVerdict verdict = header.read(in);
        length = header.length();
        passage = header.passage();
        return verdict;
    }

    private HeaderVerdict readBinary(ByteBuf in) {
        BinaryHeader header = new BinaryHeader();
        HeaderVerdict verdict = header.read(in);
        length = header.length();
        passage = header.passage();
        return verdict;
    }

    /** How many bytes it has, after {@link HeaderVerdict#COMPLETE}. */
    public int length() {
        return length;
    }

    /** What it says, or null: that the connection is the proxy's own, or of another kind than TCP. */
    public @Nullable Passage passage() {
        return passage;
    }
}
