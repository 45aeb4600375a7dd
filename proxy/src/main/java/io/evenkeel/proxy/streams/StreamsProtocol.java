package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.netty.channel.ChannelHandler;

/** HTTP/2 with the clients of one listener on one event loop. Event-loop confined. */
public final class StreamsProtocol {

    private final LoopListener listener;
    private final Scratch scratch = new Scratch();

    public StreamsProtocol(LoopListener listener) {
        this.listener = listener;
    }

    /** A handler for a connection that is new, or for which HTTP/2 was agreed on in TLS; to be the last one of its channel. */
    public ChannelHandler begin(ClientAddress client) {
        return handler(client, false);
    }

    /** A handler for a connection that counts as open already and begins with HTTP/2's preface (RFC 9113 §3.3). */
    public ChannelHandler takeOver(ClientAddress client) {
        return handler(client, true);
    }

    private ChannelHandler handler(ClientAddress client, boolean counted) {
        return new ClientStreams(listener, client, scratch, Codec.of(listener.settings(), scratch), counted);
    }
}
