package io.evenkeel.proxy.tls;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's first message as far as it decides what becomes of the connection: the server it names, and the protocols it offers. Read strictly and within
 * bounds, so that no other reading of the same octets is another one; everything else in it is left to whoever answers. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 8446 §5.1 (records and their fragments); for the message see {@link HelloMessage}.
 */
public final class ClientHello {

    private static final int HANDSHAKE_RECORD = 22;
    private static final int RECORD_HEADER = 5;

    /** RFC 8446 §5.1. */
    private static final int MAX_RECORD_BYTES = 1 << 14;

    /** What the octets so far are. */
    public enum Verdict {
        /** Perhaps a hello, of which more is to come. */
        INCOMPLETE,
        /** The first octets cannot begin a record of TLS. */
        NOT_TLS,
        /** TLS, but its first message is another one. */
        ANOTHER_MESSAGE,
        /** What may be a hello, but is longer than allowed. */
        TOO_LARGE,
        /** TLS, but not a hello as RFC 8446 has it. */
        MALFORMED,
        COMPLETE
    }

    private final int maxMessageBytes;
    private final int maxBytes;
    private @Nullable HelloMessage message;

    /**
     * @param maxMessageBytes the longest message that is read
     * @param maxBytes how much may have come, headers of records included, before the message is whole
     */
    public ClientHello(int maxMessageBytes, int maxBytes) {
        this.maxMessageBytes = maxMessageBytes;
        this.maxBytes = maxBytes;
    }

    /** The server that is named, in lower case and without a dot at its end; empty where none is. After {@link Verdict#COMPLETE}. */
    public String serverName() {
        return message == null ? "" : message.serverName();
    }

    /** What is offered by ALPN, by preference; empty where nothing is. After {@link Verdict#COMPLETE}. */
    List<String> protocols() {
        return message == null ? List.of() : message.protocols();
    }

    /** Looks at all that has come so far, from the reader index on. The buffer is not changed. */
    public Verdict read(ByteBuf in) {
        int header = 0;
        int have = 0;
        for (int record = in.readerIndex(); ; record += RECORD_HEADER + in.getUnsignedShort(record + 3)) {
            Verdict verdict = judgeRecord(in, record);
            if (verdict != Verdict.COMPLETE) {
                return verdict == Verdict.INCOMPLETE ? incomplete(in) : verdict;
            }
            int length = in.getUnsignedShort(record + 3);
            int present = Math.min(length, in.writerIndex() - record - RECORD_HEADER);
            for (int i = 0; i < present && have + i < HelloMessage.HEADER; i++) {
                header = header << 8 | in.getUnsignedByte(record + RECORD_HEADER + i);
            }
            if (have + present >= HelloMessage.HEADER) {
                int needed = HelloMessage.HEADER + (header & 0xff_ffff);
                if (needed > maxMessageBytes) {
                    return Verdict.TOO_LARGE;
                }
                if (have + length > needed) {
                    return Verdict.MALFORMED; // it has to end where its record does
                }
                if (have + present == needed) {
                    return parse(in, needed);
                }
            }
            if (present < length) {
                return incomplete(in);
            }
            have += length;
        }
    }

    /** What the header of a record says; a message may be spread over records, and none of those is empty. */
    private static Verdict judgeRecord(ByteBuf in, int record) {
        int have = in.writerIndex() - record;
        boolean first = record == in.readerIndex();
        if ((have > 0 && in.getByte(record) != HANDSHAKE_RECORD) || (have > 1 && in.getByte(record + 1) != 3)) {
            return first ? Verdict.NOT_TLS : Verdict.MALFORMED;
        }
        if (have < RECORD_HEADER) {
            return Verdict.INCOMPLETE;
        }
        if (first && have > RECORD_HEADER && in.getByte(record + RECORD_HEADER) != HelloMessage.CLIENT_HELLO) {
            return Verdict.ANOTHER_MESSAGE;
        }
        int length = in.getUnsignedShort(record + 3);
        if (length == 0 || length > MAX_RECORD_BYTES) {
            return length == 0 ? Verdict.MALFORMED : Verdict.TOO_LARGE;
        }
        return Verdict.COMPLETE;
    }

    private Verdict incomplete(ByteBuf in) {
        return in.readableBytes() >= maxBytes ? Verdict.TOO_LARGE : Verdict.INCOMPLETE;
    }

    private Verdict parse(ByteBuf in, int length) {
        HelloMessage whole = new HelloMessage(gather(in, length));
        if (!whole.parse()) {
            return Verdict.MALFORMED;
        }
        message = whole;
        return Verdict.COMPLETE;
    }

    /** The message without the headers of the records it came in. */
    private static byte[] gather(ByteBuf in, int length) {
        byte[] octets = new byte[length];
        int record = in.readerIndex();
        for (int have = 0; have < length; ) {
            int part = in.getUnsignedShort(record + 3);
            in.getBytes(record + RECORD_HEADER, octets, have, part);
            have += part;
            record += RECORD_HEADER + part;
        }
        return octets;
    }
}
