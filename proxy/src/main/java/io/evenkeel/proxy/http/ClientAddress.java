package io.evenkeel.proxy.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A client's address in the spellings that fields want, and what is known of its connection, made once per connection. Immutable. */
public final class ClientAddress {

    private final byte[] octets;
    private final byte[] text;
    private final byte[] node;
    private final boolean trusted;
    private final @Nullable Handshake handshake;

    private ClientAddress(byte[] octets, byte[] text, byte[] node, boolean trusted, @Nullable Handshake handshake) {
        this.octets = octets;
        this.text = text;
        this.node = node;
        this.trusted = trusted;
        this.handshake = handshake;
    }

    /** @param trusted whether what this client says about whom it speaks for is believed */
    public static ClientAddress of(InetAddress address, boolean trusted) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        String node = address instanceof Inet6Address ? "\"[" + bare + "]\"" : bare;
        return new ClientAddress(address.getAddress(), Octets.ascii(bare), Octets.ascii(node), trusted, null);
    }

    /** The same client, having made this handshake. */
    public ClientAddress over(Handshake tls) {
        return new ClientAddress(octets, text, node, trusted, tls);
    }

    /** What the handshake of its connection settled; null: it is not encrypted. */
    public @Nullable Handshake handshake() {
        return handshake;
    }

    /** Its 4 or 16 octets; not to be written to. */
    public byte[] octets() {
        return octets;
    }

    /** As in {@code X-Forwarded-For}; not to be written to. */
    public byte[] text() {
        return text;
    }

    /** As in the {@code for} parameter of {@code Forwarded}: IPv6 in brackets and quotes (RFC 7239 §6). */
    byte[] node() {
        return node;
    }

    /** Whether what this client says about whom it speaks for is believed. */
    public boolean trusted() {
        return trusted;
    }
}
