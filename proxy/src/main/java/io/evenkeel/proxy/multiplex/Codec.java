package io.evenkeel.proxy.multiplex;

import io.evenkeel.proxy.http2.HeaderList;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/** Puts Netty's codec together in its cheapest form, for a client that takes no pushes. Makes one connection. */
final class Codec extends AbstractHttp2ConnectionHandlerBuilder<MultiplexedConnection, Codec> {

    /** CONTINUATION frames of less than 8 KiB in one header section. */
    private static final int MAX_SMALL_CONTINUATIONS = 8;

    private final Http2Pool pool;
    private final long retireAtNanos;

    private Codec(Http2Pool pool, long retireAtNanos) {
        this.pool = pool;
        this.retireAtNanos = retireAtNanos;
    }

    /**
     * A connection that has no channel yet.
     *
     * @param maxHeadBytes longest header section that is taken; fields count 32 octets more than they have (RFC 9113 §6.5.2)
     * @param retireAtNanos from when on it takes no more exchanges
     */
    static MultiplexedConnection connection(Http2Pool pool, int maxHeadBytes, long retireAtNanos) {
        Http2Connection connection = new DefaultHttp2Connection(false);
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(connection, new UniformStreamByteDistributor(connection)));
        connection.local().allowPushTo(false);
        Http2ConnectionEncoder encoder =
                new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter(Codec::changesAlways, true));
        Http2ConnectionDecoder decoder = new DefaultHttp2ConnectionDecoder(
                connection,
                encoder,
                new DefaultHttp2FrameReader(new Sections(maxHeadBytes), MAX_SMALL_CONTINUATIONS),
                Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                true,
                true,
                false);
        return new Codec(pool, retireAtNanos)
                .flushPreface(false)
                .codec(decoder, encoder)
                .initialSettings(new Http2Settings()
                        .pushEnabled(false)
                        .maxHeaderListSize(maxHeadBytes)
                        .initialWindowSize(MultiplexedConnection.STREAM_WINDOW_BYTES))
                .build();
    }

    /**
     * Fields with another value in each request, or with a secret in it, are kept out of the compression table: they would push out what comes again, and one
     * client's secret has nothing to do beside another client's text (RFC 7541 §7.1).
     */
    private static boolean changesAlways(CharSequence name, CharSequence value) {
        return switch (name.length()) {
            case 6 -> same("cookie", name);
            case 10 -> same("tracestate", name);
            case 11 -> same("traceparent", name);
            case 12 -> same("x-request-id", name);
            case 13 -> same("authorization", name);
            case 14 -> same("content-length", name);
            case 15 -> same("x-forwarded-for", name);
            default -> false;
        };
    }

    private static boolean same(String text, CharSequence name) {
        return text.contentEquals(name);
    }

    @Override
    protected MultiplexedConnection build(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
        MultiplexedConnection connection = new MultiplexedConnection(pool, retireAtNanos, decoder, encoder, settings);
        decoder.frameListener(new EndpointFrames(connection, pool.translation()));
        return connection;
    }

    /** Reads header sections into one list, which is looked through at once; what is legal is judged there. */
    private static final class Sections extends DefaultHttp2HeadersDecoder {

        private final HeaderList fields = new HeaderList();

        Sections(int maxBytes) {
            super(false, maxBytes);
        }

        @Override
        protected Http2Headers newHeaders() {
            return fields.clear();
        }
    }
}
