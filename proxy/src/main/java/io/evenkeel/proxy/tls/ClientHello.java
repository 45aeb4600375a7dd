package io.evenkeel.proxy.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a client's first message decides how it is answered: the server it names, and the protocols it offers. Read strictly and within bounds; everything
 * else in it is left to the TLS library. Immutable.
 *
 * <p><b>Spec.</b> RFC 8446 §4.1.2 and §5.1; RFC 6066 §3 (server_name); RFC 7301 §3.1 (ALPN).
 *
 * @param serverName in lower case; empty where none is named
 * @param protocols by preference; empty where none is offered
 */
record ClientHello(String serverName, List<String> protocols) {

    /** Octets of the message: with room for post-quantum keys and a resumed session's ticket; four times what browsers send. */
    static final int MAX_BYTES = 16 * 1024;

    /** RFC 8446 §5.1. */
    private static final int MAX_RECORD_BYTES = 1 << 14;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int RANDOM_BYTES = 32;

    /** What the octets so far are. */
    enum Verdict {
        INCOMPLETE,
        /** The first octets cannot begin a record of TLS. */
        NOT_TLS,
        TOO_LARGE,
        MALFORMED,
        COMPLETE
    }

    /** Whether the buffer holds the whole message. The buffer is not changed. */
    static Verdict judge(ByteBuf in) {
        int position = in.readerIndex();
        int message = 0;
        int needed = 4;
        byte[] header = new byte[4];
        while (true) {
            Verdict record = judgeRecord(in, position);
            if (record != Verdict.COMPLETE) {
                return record;
            }
            int length = in.getUnsignedShort(position + 3);
            for (int i = 0; i < length && message + i < 4; i++) {
                header[message + i] = in.getByte(position + RECORD_HEADER + i);
            }
            message += length;
            position += RECORD_HEADER + length;
            if (message >= 4) {
                needed = 4 + ((header[1] & 0xff) << 16 | (header[2] & 0xff) << 8 | (header[3] & 0xff));
                if (header[0] != CLIENT_HELLO || needed > MAX_BYTES) {
                    return header[0] == CLIENT_HELLO ? Verdict.TOO_LARGE : Verdict.MALFORMED;
                }
            }
            if (message >= needed) {
                return message == needed ? Verdict.COMPLETE : Verdict.MALFORMED;
            }
        }
    }

    private static Verdict judgeRecord(ByteBuf in, int position) {
        int have = in.writerIndex() - position;
        boolean first = position == in.readerIndex();
        if ((have > 0 && in.getByte(position) != HANDSHAKE_RECORD) || (have > 1 && in.getByte(position + 1) != 3)) {
            return first ? Verdict.NOT_TLS : Verdict.MALFORMED;
        }
        if (have < RECORD_HEADER) {
            return Verdict.INCOMPLETE;
        }
        int length = in.getUnsignedShort(position + 3);
        if (length == 0 || length > MAX_RECORD_BYTES) {
            return length == 0 ? Verdict.MALFORMED : Verdict.TOO_LARGE;
        }
        return have < RECORD_HEADER + length ? Verdict.INCOMPLETE : Verdict.COMPLETE;
    }

    /**
     * Reads a message that is {@link Verdict#COMPLETE}. The buffer is not changed.
     *
     * @throws IndexOutOfBoundsException where a length does not fit into what is around it
     */
    static ClientHello read(ByteBuf in) {
        Octets hello = new Octets(message(in));
        hello.skip(4 + 2 + RANDOM_BYTES);
        hello.skip(hello.octet());
        hello.skip(hello.pair());
        hello.skip(hello.octet());
        String name = "";
        List<String> protocols = List.of();
        Octets extensions = hello.atEnd() ? hello : hello.vector(hello.pair());
        while (!extensions.atEnd()) {
            int type = extensions.pair();
            Octets extension = extensions.vector(extensions.pair());
            if (type == SERVER_NAME) {
                name = serverName(extension);
            } else if (type == ALPN) {
                protocols = protocols(extension);
            }
        }
        return new ClientHello(name, protocols);
    }

    /** The message without the headers of the records it came in. */
    private static byte[] message(ByteBuf in) {
        byte[] message = new byte[in.readableBytes()];
        int length = 0;
        int position = in.readerIndex();
        while (position < in.writerIndex()) {
            int part = in.getUnsignedShort(position + 3);
            in.getBytes(position + RECORD_HEADER, message, length, part);
            length += part;
            position += RECORD_HEADER + part;
        }
        return java.util.Arrays.copyOf(message, length);
    }

    private static String serverName(Octets extension) {
        Octets names = extension.vector(extension.pair());
        while (!names.atEnd()) {
            int type = names.octet();
            Octets name = names.vector(names.pair());
            if (type == 0) {
                return name.text().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private static List<String> protocols(Octets extension) {
        Octets list = extension.vector(extension.pair());
        List<String> protocols = new ArrayList<>();
        while (!list.atEnd()) {
            protocols.add(list.vector(list.octet()).text());
        }
        return List.copyOf(protocols);
    }

    /** Octets that are read in order, within bounds. */
    private static final class Octets {

        private final byte[] bytes;
        private final int end;
        private int at;

        Octets(byte[] bytes) {
            this(bytes, 0, bytes.length);
        }

        private Octets(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean atEnd() {
            return at == end;
        }

        int octet() {
            skip(1);
            return bytes[at - 1] & 0xff;
        }

        int pair() {
            return octet() << 8 | octet();
        }

        void skip(int count) {
            if (count > end - at) {
                throw new IndexOutOfBoundsException("a length in the client's hello does not fit");
            }
            at += count;
        }

        Octets vector(int length) {
            skip(length);
            return new Octets(bytes, at - length, at);
        }

        String text() {
            return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
        }
    }
}
