package io.evenkeel.proxy.listener;

import io.evenkeel.config.ListenerConfig;
import io.evenkeel.proxy.exchange.DownstreamConnection;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.netty.channel.Channel;
import java.util.List;

/** HTTP on one event loop. Event-loop confined. */
final class HttpProtocol implements LoopProtocol {

    /** HTTP/1.1 as ALPN calls it (RFC 7301 §6). */
    private static final String HTTP1 = "http/1.1";

    private final LoopListener listener;

    HttpProtocol(LoopListener listener) {
        this.listener = listener;
    }

    /** What of HTTP is offered by ALPN, the best first. */
    static List<String> offered(ListenerConfig config) {
        return List.of(HTTP1);
    }

    @Override
    public void begin(Channel channel, ClientAddress client) {
        channel.pipeline().addLast(new DownstreamConnection(listener, client));
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
