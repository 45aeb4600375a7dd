package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A user that notes what happens to it. */
class Waiting implements UpstreamUser {

    /** Connections and failures as they came. */
    final List<Object> outcomes = new CopyOnWriteArrayList<>();
    /** Octets and ends as they came. */
    final List<String> received = new CopyOnWriteArrayList<>();

    @Override
    public void onAcquired(UpstreamConnection connection) {
        outcomes.add(connection);
    }

    @Override
    public void onAcquireFailed(Failure failure) {
        outcomes.add(failure);
    }

    @Override
    public void onEndpointUnfit() {
        received.add("unfit");
    }

    @Override
    public void onUpstreamBytes(ByteBuf bytes) {
        received.add(bytes.toString(StandardCharsets.ISO_8859_1));
        bytes.release();
    }

    @Override
    public void onUpstreamData(ByteBuf part) {
        onUpstreamBytes(part);
    }

    @Override
    public void onUpstreamEnd(@Nullable ByteBuf trailers) {
        received.add(trailers == null ? "end" : trailers.toString(StandardCharsets.ISO_8859_1));
        ReferenceCountUtil.release(trailers);
    }

    @Override
    public void onUpstreamReadComplete() {}

    @Override
    public void onUpstreamWritable() {}

    @Override
    public void onUpstreamClosed(boolean broken) {
        received.add(broken ? "broken" : "closed");
    }

    @Override
    public void onInterrupted(Failure failure) {
        received.add(failure.label());
        connection().discard();
    }

    /** The one connection it got. */
    UpstreamConnection connection() {
        return (UpstreamConnection) outcomes.get(0);
    }
}
