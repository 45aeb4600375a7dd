package io.evenkeel.proxy.key;

/**
 * Reads the text of an address without making an object of it. Stateless.
 *
 * <p><b>Spec.</b> RFC 4291 §2.2; an IPv4 address mapped into IPv6 (§2.5.5.2) is read as the IPv4 address. No zones, ports or brackets.
 */
final class IpOctets {

    static final int IPV4_BYTES = 4;
    static final int IPV6_BYTES = 16;
    private static final int MAPPED_PREFIX_BYTES = 12;

    private IpOctets() {}

    /**
     * Reads {@code text[start, end)}.
     *
     * @param into gets the address; at least 16 octets
     * @return 4 or 16; 0 where it is no address, and then {@code into} holds nothing of use
     */
    static int parse(byte[] text, int start, int end, byte[] into) {
        for (int i = start; i < end; i++) {
            if (text[i] == ':') {
                return ipv6(text, start, end, into);
            }
        }
        return ipv4(text, start, end, into, 0) ? IPV4_BYTES : 0;
    }

    private static boolean ipv4(byte[] text, int start, int end, byte[] into, int at) {
        int octets = 0;
        int position = start;
        while (octets < IPV4_BYTES) {
            int value = 0;
            int digits = 0;
            while (position < end && text[position] >= '0' && text[position] <= '9' && digits < 4) {
                value = value * 10 + text[position++] - '0';
                digits++;
            }
            if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text[position - digits] == '0')) {
                return false;
            }
            into[at + octets++] = (byte) value;
            if (octets < IPV4_BYTES && (position == end || text[position++] != '.')) {
                return false;
            }
        }
        return position == end;
    }

    private static int ipv6(byte[] text, int start, int end, byte[] into) {
        int length = 0;
        int gap = -1;
        int position = start;
        if (end - start >= 2 && text[start] == ':' && text[start + 1] == ':') {
            gap = 0;
            position += 2;
        }
        while (position < end) {
            int group = endOfGroup(text, position, end);
            if (group < end && text[group] == '.') {
                boolean last = length <= MAPPED_PREFIX_BYTES && ipv4(text, position, end, into, length);
                return last ? expand(into, length + IPV4_BYTES, gap) : 0;
            }
            if (group == position || group - position > 4 || length == IPV6_BYTES) {
                return 0;
            }
            put(text, position, group, into, length);
            length += 2;
            position = group;
            if (position < end && (text[position++] != ':' || position == end)) {
                return 0;
            }
            if (position < end && text[position] == ':') {
                if (gap >= 0) {
                    return 0;
                }
                gap = length;
                position++;
            }
        }
        return expand(into, length, gap);
    }

    private static int endOfGroup(byte[] text, int from, int end) {
        int position = from;
        while (position < end && Character.digit(text[position], 16) >= 0) {
            position++;
        }
        return position;
    }

    private static void put(byte[] text, int from, int to, byte[] into, int at) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | Character.digit(text[i], 16);
        }
        into[at] = (byte) (value >> 8);
        into[at + 1] = (byte) value;
    }

    /** Puts zeros where {@code ::} stood. */
    private static int expand(byte[] into, int length, int gap) {
        if (gap < 0 ? length != IPV6_BYTES : length > IPV6_BYTES - 2) {
            return 0;
        }
        if (gap >= 0) {
            int tail = length - gap;
            System.arraycopy(into, gap, into, IPV6_BYTES - tail, tail);
            java.util.Arrays.fill(into, gap, IPV6_BYTES - tail, (byte) 0);
        }
        return isMapped(into) ? unmap(into) : IPV6_BYTES;
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < MAPPED_PREFIX_BYTES; i++) {
            if (address[i] != (i < 10 ? 0 : (byte) 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static int unmap(byte[] address) {
        System.arraycopy(address, MAPPED_PREFIX_BYTES, address, 0, IPV4_BYTES);
        return IPV4_BYTES;
    }
}
