package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;

/** Has {@code heir} ask again as soon as it is told that there will be no connection. */
record Stubborn(EndpointPool pool, UpstreamUser heir) implements UpstreamUser {

    @Override
    public void onAcquired(UpstreamConnection connection) {
        connection.discard();
    }

    @Override
    public void onAcquireFailed(Failure failure) {
        pool.acquire(heir, PoolFixture.ANY);
    }

    @Override
    public void onUpstreamBytes(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void onUpstreamReadComplete() {}

    @Override
    public void onUpstreamWritable() {}

    @Override
    public void onUpstreamClosed(boolean broken) {}

    @Override
    public void onInterrupted(Failure failure) {}

    @Override
    public void onEndpointUnfit() {}
}
