package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.exchange.DownstreamConnection;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.streams.StreamsProtocol;
import io.netty.channel.Channel;

/** HTTP on one event loop. Event-loop confined. */
final class HttpProtocol implements LoopProtocol {

    private final LoopListener listener;
    private final StreamsProtocol streams;

    HttpProtocol(LoopListener listener) {
        this.listener = listener;
        this.streams = new StreamsProtocol(listener);
        listener.http2(streams::takeOver);
    }

    @Override
    public void begin(Channel channel, ClientAddress client) {
        channel.pipeline().addLast(new DownstreamConnection(listener, client));
    }

    /** Serves a connection for which HTTP/2 was agreed on (RFC 9113 §3.2): adds the handler. */
    void beginHttp2(Channel channel, ClientAddress client) {
        channel.pipeline().addLast(streams.begin(client));
    }

    @Override
    public void turnAway(Channel channel) {
        channel.pipeline().addLast(new Turnaway());
    }

    @Override
    public void retire() {
        listener.retire();
    }

    @Override
    public void closeAll() {
        listener.closeAll();
    }
}
