package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.tunnel.TunnelEnd;
import io.netty.buffer.ByteBuf;

/** The client's end of a tunnel. Event-loop confined. */
final class ClientEnd implements TunnelEnd {

    private final Downstream client;

    ClientEnd(Downstream client) {
        this.client = client;
    }

    @Override
    public void write(ByteBuf bytes) {
        client.write(bytes);
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void finish(Runnable told) {
        client.finish(told);
    }
}
