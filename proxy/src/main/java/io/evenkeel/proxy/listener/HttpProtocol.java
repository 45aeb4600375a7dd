package io.evenkeel.proxy.listener;

import io.evenkeel.config.ListenerConfig;
import io.evenkeel.proxy.exchange.DownstreamConnection;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.Handshake;
import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.streams.StreamsProtocol;
import io.netty.channel.Channel;
import java.util.List;

/** HTTP on one event loop. Event-loop confined. */
final class HttpProtocol implements LoopProtocol {

    /** HTTP/1.1 as ALPN calls it (RFC 7301 §6). */
    private static final String HTTP1 = "http/1.1";

    /** HTTP/2 over TLS as ALPN calls it (RFC 9113 §3.2). */
    private static final String HTTP2 = "h2";

    private final LoopListener listener;
    private final StreamsProtocol streams;

    HttpProtocol(LoopListener listener) {
        this.listener = listener;
        this.streams = new StreamsProtocol(listener);
        listener.http2(streams::takeOver);
    }

    /** What of HTTP is offered by ALPN, the best first. */
    static List<String> offered(ListenerConfig config) {
        return config.http2().enabled() ? List.of(HTTP2, HTTP1) : List.of(HTTP1);
    }

    @Override
    public void prepare(Channel channel) {
        channel.config().setRecvByteBufAllocator(Sockets.READ_BYTES);
    }

    @Override
    public void begin(Channel channel, ClientAddress client) {
        Handshake handshake = client.handshake();
        boolean http2 = handshake != null && handshake.protocol().equals(HTTP2);
        channel.pipeline().addLast(http2 ? streams.begin(client) : new DownstreamConnection(listener, client));
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
