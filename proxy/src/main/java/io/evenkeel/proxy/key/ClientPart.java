package io.evenkeel.proxy.key;

import io.evenkeel.config.HashKeyConfig;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.RequestHead;

/**
 * The leading bits of the client's address. Where the connection is a trusted proxy's, the client is whom that proxy names last in
 * {@code X-Forwarded-For}, which is who was connected to it. Event-loop confined.
 */
final class ClientPart implements KeyPart {

    private final int ipv4Bits;
    private final int ipv6Bits;
    private final byte[] address = new byte[IpOctets.IPV6_BYTES];

    ClientPart(HashKeyConfig.ClientAddress config) {
        this.ipv4Bits = config.ipv4Bits();
        this.ipv6Bits = config.ipv6Bits();
    }

    @Override
    public boolean find(RequestHead head, ClientAddress client, Span found) {
        int length = client.trusted() ? forwardedFor(head) : 0;
        if (length == 0) {
            length = client.octets().length;
            System.arraycopy(client.octets(), 0, address, 0, length);
        }
        mask(length, length == IpOctets.IPV4_BYTES ? ipv4Bits : ipv6Bits);
        found.set(address, 0, length);
        return true;
    }

    /** How many octets the address has that was named last, or 0 where none can be understood. */
    private int forwardedFor(RequestHead head) {
        FieldTable fields = head.fields();
        int last = -1;
        for (int i = fields.find(KnownField.X_FORWARDED_FOR, 0); i >= 0; ) {
            last = i;
            i = fields.find(KnownField.X_FORWARDED_FOR, i + 1);
        }
        if (last < 0) {
            return 0;
        }
        byte[] bytes = head.bytes();
        int end = fields.valueEnd(last);
        int start = end;
        while (start > fields.valueStart(last) && bytes[start - 1] != ',' && bytes[start - 1] != ' ') {
            start--;
        }
        return IpOctets.parse(bytes, start, end, address);
    }

    private void mask(int length, int bits) {
        for (int i = bits / Byte.SIZE; i < length; i++) {
            int kept = Math.max(0, bits - i * Byte.SIZE);
            address[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
    }
}
