package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.exchange.DownstreamConnection;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.netty.channel.Channel;

/** HTTP on one event loop. Event-loop confined. */
final class HttpProtocol implements LoopProtocol {

    private final LoopListener listener;

    HttpProtocol(LoopListener listener) {
        this.listener = listener;
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
