package io.evenkeel.proxy.health;

import io.evenkeel.config.GrpcCheckConfig;
import io.evenkeel.discovery.Literals;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetSocketAddress;

/** A call of the gRPC health service, with prior knowledge of HTTP/2 or over TLS, as configured. Immutable. */
final class GrpcCheck implements Check {

    private final GrpcCheckConfig config;
    private final CheckTls tls;

    /** @throws IllegalArgumentException with one line if a certificate or key is none */
    GrpcCheck(GrpcCheckConfig config) {
        this.config = config;
        this.tls = CheckTls.of(config.tls(), config.host(), "health-check.grpc.tls", "h2");
    }

    @Override
    public CheckTls tls() {
        return tls;
    }

    @Override
    public void begin(ChannelPipeline pipeline, Question question, InetSocketAddress address) {
        pipeline.addLast(GrpcCall.of(question, this, address));
    }

    /** The head of the call to this address, as gRPC over HTTP/2 wants it. */
    Http2Headers fields(InetSocketAddress address) {
        return new DefaultHttp2Headers()
                .method("POST")
                .scheme(tls.enabled() ? "https" : "http")
                .path("/grpc.health.v1.Health/Check")
                .authority(config.host().isEmpty() ? Literals.text(address) : config.host())
                .add("te", "trailers")
                .add("content-type", "application/grpc")
                .add("user-agent", "evenkeel-health-check");
    }

    /** The one message of the call; the caller releases it. */
    ByteBuf message() {
        return HealthMessages.request(config.service());
    }
}
