package io.evenkeel.proxy.http;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A client's address in the spellings that fields want, made once per connection. Immutable.
 *
 * @param text as in {@code X-Forwarded-For}
 * @param node as in the {@code for} parameter of {@code Forwarded}: IPv6 in brackets and quotes (RFC 7239 §6)
 * @param trusted whether what this client says about whom it speaks for is believed
 */
public record ClientAddress(byte[] text, byte[] node, boolean trusted) {

    public static ClientAddress of(InetAddress address, boolean trusted) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        String node = address instanceof Inet6Address ? "\"[" + bare + "]\"" : bare;
        return new ClientAddress(Octets.ascii(bare), Octets.ascii(node), trusted);
    }
}
