package io.evenkeel.proxy.proxyprotocol;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/**
 * From where to where a client's connection was made, before any proxy that says so. Both addresses are resolved. Immutable.
 *
 * @param source the client's address
 * @param destination the address that the client connected to
 */
public record Passage(InetSocketAddress source, InetSocketAddress destination) {

    private static final AttributeKey<Passage> SAID = AttributeKey.valueOf(Passage.class, "said");

    /** What was said of this connection, or else what it is itself; it must not be closed yet. */
    public static Passage of(Channel channel) {
        Passage said = channel.hasAttr(SAID) ? channel.attr(SAID).get() : null;
        return said == null
                ? new Passage((InetSocketAddress) channel.remoteAddress(), (InetSocketAddress) channel.localAddress())
                : said;
    }

    /** Has this be said of a connection. */
    public void sayOf(Channel channel) {
        channel.attr(SAID).set(this);
    }
}
