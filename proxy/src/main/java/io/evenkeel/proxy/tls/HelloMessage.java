package io.evenkeel.proxy.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The message in which a client says hello, whole. Strict where a lax reading could be another one than that of whoever answers: lengths have to fit exactly,
 * and no extension may come twice. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 8446 §4.1.2 and §4.2; RFC 6066 §3 (server_name); RFC 7301 §3.1 (ALPN).
 */
final class HelloMessage {

    static final int CLIENT_HELLO = 1;

    /** Octets: the type of the message and its length. */
    static final int HEADER = 4;

    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;

    /** Several times what clients send. */
    private static final int MAX_EXTENSIONS = 128;

    /** Characters that a name in DNS has at most. */
    private static final int MAX_NAME = 253;

    private final byte[] message;
    private int at = HEADER;
    private String serverName = "";
    private int protocolsStart;
    private int protocolsEnd;

    /** Takes over the octets. */
    HelloMessage(byte[] message) {
        this.message = message;
    }

    String serverName() {
        return serverName;
    }

    List<String> protocols() {
        if (protocolsStart == protocolsEnd) {
            return List.of();
        }
        List<String> protocols = new ArrayList<>();
        for (int i = protocolsStart; i < protocolsEnd; i += 1 + (message[i] & 0xff)) {
            protocols.add(new String(message, i + 1, message[i] & 0xff, StandardCharsets.ISO_8859_1));
        }
        return protocols;
    }

    /** Reads it; false: it is malformed. */
    boolean parse() {
        if (!skip(VERSION_AND_RANDOM) || !skipVector(1, 0, 32) || !skipVector(2, 2, 65_534) || !skipVector(1, 1, 255)) {
            return false;
        }
        if (at == message.length) {
            return true; // before TLS 1.3 there may be no extensions at all
        }
        int length = uint(2);
        return length >= 0 && at + length == message.length && extensions();
    }

    private boolean extensions() {
        int[] seen = new int[MAX_EXTENSIONS];
        for (int count = 0; at < message.length; count++) {
            int type = uint(2);
            int length = uint(2);
            if (type < 0
                    || length < 0
                    || at + length > message.length
                    || count == seen.length
                    || contains(seen, count, type)
                    || !extension(type, at + length)) {
                return false;
            }
            seen[count] = type;
        }
        return true;
    }

    private static boolean contains(int[] seen, int count, int type) {
        for (int i = 0; i < count; i++) {
            if (seen[i] == type) {
                return true;
            }
        }
        return false;
    }

    private boolean extension(int type, int end) {
        boolean valid =
                switch (type) {
                    case SERVER_NAME -> serverNames(end);
                    case ALPN -> protocolNames(end);
                    default -> true;
                };
        at = end;
        return valid;
    }

    /** A list with one name of a host; nothing else was ever defined. */
    private boolean serverNames(int end) {
        int list = uint(2);
        int type = uint(1);
        int length = uint(2);
        if (list != 3 + length || type != 0 || length < 1 || length > MAX_NAME || at + length != end) {
            return false;
        }
        for (int i = at; i < end; i++) {
            if (!isHostOctet(message[i])) {
                return false;
            }
        }
        int dot = message[end - 1] == '.' ? 1 : 0;
        serverName = new String(message, at, length - dot, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        return !serverName.isEmpty();
    }

    private static boolean isHostOctet(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_';
    }

    /** A list of one name or more, none of them empty. */
    private boolean protocolNames(int end) {
        int list = uint(2);
        if (list < 2 || at + list != end) {
            return false;
        }
        protocolsStart = at;
        protocolsEnd = end;
        while (at < end) {
            int length = uint(1);
            if (length < 1 || length > end - at) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private boolean skip(int octets) {
        at += octets;
        return at <= message.length;
    }

    private boolean skipVector(int lengthOctets, int least, int most) {
        int length = uint(lengthOctets);
        return length >= least && length <= most && skip(length);
    }

    /** The next so many octets as a number, or −1 where they are not there. */
    private int uint(int octets) {
        if (at + octets > message.length) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | (message[at++] & 0xff);
        }
        return value;
    }
}
