package io.evenkeel.proxy.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Version 1: one line of text, such as {@code PROXY TCP4 192.0.2.7 198.51.100.1 56324 443}. */
final class TextHeader {

    static final byte[] BEGINNING = {'P', 'R', 'O', 'X', 'Y', ' '};

    /** The longest line that the specification allows, its end included. */
    private static final int MAX_BYTES = 107;

    private static final int MAX_PORT = 65_535;

    private int length;
    private @Nullable Passage passage;

    int length() {
        return length;
    }

    @Nullable
    Passage passage() {
        return passage;
    }

    HeaderVerdict read(ByteBuf in) {
        int from = in.readerIndex();
        int looked = Math.min(in.readableBytes(), MAX_BYTES);
        int end = ByteBufUtil.indexOf(in, from, from + looked, (byte) '\n');
        if (end < 0) {
            boolean hopeless = looked == MAX_BYTES || hasBareReturn(in, from, from + looked);
            return hopeless ? HeaderVerdict.MALFORMED : HeaderVerdict.INCOMPLETE;
        }
        length = end + 1 - from;
        if (in.getByte(end - 1) != '\r') {
            return HeaderVerdict.MALFORMED;
        }
        String line = in.toString(from + BEGINNING.length, length - BEGINNING.length - 2, StandardCharsets.ISO_8859_1);
        return parse(line) ? HeaderVerdict.COMPLETE : HeaderVerdict.MALFORMED;
    }

    /** A return that is followed by something is not the beginning of the line's end. */
    private static boolean hasBareReturn(ByteBuf in, int from, int to) {
        int at = ByteBufUtil.indexOf(in, from, to, (byte) '\r');
        return at >= 0 && at + 1 < to;
    }

    private boolean parse(String line) {
        if (line.equals("UNKNOWN") || line.startsWith("UNKNOWN ")) {
            return line.indexOf('\r') < 0; // what stands behind it has no meaning
        }
        String[] words = line.split(" ", -1);
        if (words.length != 5 || (!words[0].equals("TCP4") && !words[0].equals("TCP6"))) {
            return false;
        }
        boolean four = words[0].equals("TCP4");
        InetSocketAddress source = address(words[1], words[3], four);
        InetSocketAddress destination = address(words[2], words[4], four);
        if (source == null || destination == null) {
            return false;
        }
        passage = new Passage(source, destination);
        return true;
    }

    private static @Nullable InetSocketAddress address(String host, String port, boolean four) {
        int number = port(port);
        byte[] octets = number >= 0 && (four ? isIpv4(host) : isIpv6(host))
                ? NetUtil.createByteArrayFromIpAddressString(host)
                : null;
        try {
            return octets == null || octets.length != (four ? 4 : 16)
                    ? null
                    : new InetSocketAddress(InetAddress.getByAddress(octets), number);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Decimal, without leading zeros; −1 if it is not. */
    private static int port(String text) {
        int number = decimal(text, 5);
        return number > MAX_PORT ? -1 : number;
    }

    private static int decimal(String text, int mostDigits) {
        if (text.isEmpty() || text.length() > mostDigits || (text.length() > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            int number = decimal(part, 3);
            if (number < 0 || number > 255) {
                return false;
            }
        }
        return parts.length == 4;
    }

    private static boolean isIpv6(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789abcdefABCDEF:.".indexOf(text.charAt(i)) < 0) {
                return false; // no zone, no brackets
            }
        }
        return NetUtil.isValidIpV6Address(text);
    }
}
