package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

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
    public void onUpstreamData(ByteBuf part) {
        part.release();
    }

    @Override
    public void onUpstreamEnd(@Nullable ByteBuf trailers) {
        ReferenceCountUtil.release(trailers);
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
