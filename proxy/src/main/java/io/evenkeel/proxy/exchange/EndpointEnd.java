package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.tunnel.TunnelEnd;
import io.evenkeel.proxy.upstream.TurnableConnection;
import io.netty.buffer.ByteBuf;

/** The endpoint's end of a tunnel. Event-loop confined. */
final class EndpointEnd implements TunnelEnd {

    private final TurnableConnection connection;
    private boolean unflushed;

    EndpointEnd(TurnableConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(ByteBuf bytes) {
        unflushed = true;
        connection.write(bytes);
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            connection.flush();
        }
    }

    @Override
    public void finish(Runnable told) {
        unflushed = false;
        connection.finish(told);
    }
}
