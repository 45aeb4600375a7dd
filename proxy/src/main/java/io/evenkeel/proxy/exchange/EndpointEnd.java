package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.tunnel.TunnelEnd;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;

/** The endpoint's end of a tunnel. Event-loop confined. */
final class EndpointEnd implements TunnelEnd {

    private final UpstreamConnection connection;
    private boolean unflushed;

    EndpointEnd(UpstreamConnection connection) {
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
