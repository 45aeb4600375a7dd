package io.evenkeel.proxy.tcp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server's name out of the first bytes of a TLS connection and leaves them as they are. Strict where a lax reading could be another one than the
 * endpoint's: lengths have to fit exactly, and no extension may come twice.
 *
 * <p><b>Spec.</b> RFC 8446 §4.1.2, §4.2 and §5.1 (records and their fragments), RFC 6066 §3 (the name). Event-loop confined.
 */
final class ClientHello {

    private static final int HANDSHAKE_RECORD = 22;
    private static final int RECORD_HEADER = 5;
    private static final int CLIENT_HELLO = 1;
    private static final int MESSAGE_HEADER = 4;
    private static final int MAX_FRAGMENT = 1 << 14;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int MAX_EXTENSION_TYPES = 128;
    private static final int MAX_NAME = 253;

    private final int maxBytes;
    private byte[] message = {};
    private int at;
    private int end;
    private @Nullable String server;

    /** @param maxBytes the longest hello, record headers included, that is read */
    ClientHello(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The name in lower case, after {@link HelloVerdict#NAMED}. */
    @Nullable
    String server() {
        return server;
    }

    /** Looks at all that has come so far, from the reader index on. */
    HelloVerdict read(ByteBuf in) {
        int from = in.readerIndex();
        int to = in.writerIndex();
        if ((from < to && in.getByte(from) != HANDSHAKE_RECORD)
                || (from + 1 < to && in.getByte(from + 1) != 3)
                || (from + RECORD_HEADER < to && in.getByte(from + RECORD_HEADER) != CLIENT_HELLO)) {
            return HelloVerdict.NAMELESS;
        }
        if (to - from < RECORD_HEADER + MESSAGE_HEADER) {
            return HelloVerdict.INCOMPLETE;
        }
        return gather(in, from, to);
    }

    /** Puts the fragments of the message together (RFC 8446 §5.1: a message may be spread over records, and none of those is empty). */
    private HelloVerdict gather(ByteBuf in, int from, int to) {
        int wanted = MESSAGE_HEADER;
        int have = 0;
        boolean known = false;
        for (int record = from; have < wanted; ) {
            if (to - record < RECORD_HEADER) {
                return incomplete(to - from);
            }
            int length = in.getUnsignedShort(record + 3);
            boolean fits = in.getByte(record) == HANDSHAKE_RECORD && in.getByte(record + 1) == 3;
            if (!fits || length == 0 || length > MAX_FRAGMENT) {
                return HelloVerdict.MALFORMED;
            }
            int present = Math.min(length, to - record - RECORD_HEADER);
            keep(in, record + RECORD_HEADER, have, present);
            have += present;
            if (!known && have >= MESSAGE_HEADER) {
                known = true;
                wanted = MESSAGE_HEADER + uint24(1);
                if (wanted > maxBytes) {
                    return HelloVerdict.TOO_LONG;
                }
            }
            if (have < wanted && present < length) {
                return incomplete(to - from);
            }
            record += RECORD_HEADER + length;
        }
        at = MESSAGE_HEADER;
        end = wanted;
        return parse();
    }

    private HelloVerdict incomplete(int bytes) {
        return bytes >= maxBytes ? HelloVerdict.TOO_LONG : HelloVerdict.INCOMPLETE;
    }

    private void keep(ByteBuf in, int index, int have, int count) {
        if (have + count > message.length) {
            message = Arrays.copyOf(message, Math.max(have + count, 2 * message.length));
        }
        in.getBytes(index, message, have, count);
    }

    private HelloVerdict parse() {
        if (!skip(VERSION_AND_RANDOM) || !skipVector(1, 0, 32) || !skipVector(2, 2, 65_534) || !skipVector(1, 1, 255)) {
            return HelloVerdict.MALFORMED;
        }
        if (at == end) {
            return HelloVerdict.NAMELESS; // before TLS 1.3 there may be no extensions at all
        }
        int length = uint(2);
        if (length < 0 || at + length != end) {
            return HelloVerdict.MALFORMED;
        }
        return extensions();
    }

    private HelloVerdict extensions() {
        int[] seen = new int[MAX_EXTENSION_TYPES];
        int count = 0;
        while (at < end) {
            int type = uint(2);
            int length = uint(2);
            if (type < 0 || length < 0 || at + length > end || count == seen.length || contains(seen, count, type)) {
                return HelloVerdict.MALFORMED;
            }
            seen[count++] = type;
            if (type == SERVER_NAME && !serverNames(at + length)) {
                return HelloVerdict.MALFORMED;
            }
            at = type == SERVER_NAME ? at : at + length;
        }
        return server == null ? HelloVerdict.NAMELESS : HelloVerdict.NAMED;
    }

    private static boolean contains(int[] seen, int count, int type) {
        for (int i = 0; i < count; i++) {
            if (seen[i] == type) {
                return true;
            }
        }
        return false;
    }

    /** A list with one name of a host; nothing else was ever defined. */
    private boolean serverNames(int extensionEnd) {
        int list = uint(2);
        int type = uint(1);
        int length = uint(2);
        if (list < 0
                || type != 0
                || length < 1
                || length > MAX_NAME
                || list != 3 + length
                || at + length != extensionEnd) {
            return false;
        }
        for (int i = at; i < at + length; i++) {
            if (!isHostOctet(message[i])) {
                return false;
            }
        }
        String name = new String(message, at, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        server = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        at += length;
        return true;
    }

    private static boolean isHostOctet(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_';
    }

    private boolean skip(int bytes) {
        at += bytes;
        return at <= end;
    }

    private boolean skipVector(int lengthBytes, int least, int most) {
        int length = uint(lengthBytes);
        return length >= least && length <= most && skip(length);
    }

    /** The next so many bytes as a number, or −1 where they are not there. */
    private int uint(int bytes) {
        if (at + bytes > end) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (message[at++] & 0xff);
        }
        return value;
    }

    private int uint24(int index) {
        return (message[index] & 0xff) << 16 | (message[index + 1] & 0xff) << 8 | (message[index + 2] & 0xff);
    }
}
