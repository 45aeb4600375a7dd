package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.tcp.TcpListener;
import io.netty.channel.Channel;

/** Any protocol, relayed as it is, on one event loop. Event-loop confined. */
final class TcpProtocol implements LoopProtocol {

    private final TcpListener listener;

    TcpProtocol(TcpListener listener) {
        this.listener = listener;
    }

    @Override
    public void prepare(Channel channel) {
        listener.prepare(channel);
    }

    @Override
    public void begin(Channel channel, ClientAddress client) {
        listener.begin(channel, client);
    }

    /** There is nothing that every protocol would understand. */
    @Override
    public void turnAway(Channel channel) {
        channel.close();
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
