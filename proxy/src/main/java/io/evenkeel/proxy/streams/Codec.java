package io.evenkeel.proxy.streams;

import io.evenkeel.config.Http2Config;
import io.evenkeel.proxy.exchange.ListenerSettings;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * Netty's codec for one client's connection, in its cheapest form: header sections go into one list of the loop's, which is judged here and not there; priorities
 * are ignored (RFC 9113 §5.3); nothing is pushed.
 *
 * @param settings what the client is told
 * @param history what it did before
 */
record Codec(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, StreamHistory history) {

    /** CONTINUATION frames of less than 8 KiB in one header section: with fewer octets in each, a section of the largest size that may be configured still fits. */
    private static final int MAX_SMALL_CONTINUATIONS = 16;

    static Codec of(ListenerSettings listener, Scratch scratch) {
        Http2Config config = listener.http2();
        Http2Connection connection = new DefaultHttp2Connection(true, 0);
        connection.remote().maxActiveStreams(config.maxConcurrentStreams());
        DefaultHttp2FrameWriter writer =
                new DefaultHttp2FrameWriter(new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true));
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(connection, new UniformStreamByteDistributor(connection)));
        Http2ConnectionEncoder encoder = new DefaultHttp2ConnectionEncoder(connection, writer);
        DefaultHttp2FrameReader reader =
                new DefaultHttp2FrameReader(new Sections(listener, scratch), MAX_SMALL_CONTINUATIONS);
        StreamHistory history = new StreamHistory();
        Http2ConnectionDecoder decoder = new DefaultHttp2ConnectionDecoder(
                connection,
                encoder,
                new StrictReader(reader, connection, history),
                Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                true,
                true,
                false,
                false);
        return new Codec(decoder, encoder, settings(listener, config), history);
    }

    private static Http2Settings settings(ListenerSettings listener, Http2Config config) {
        return new Http2Settings()
                .maxConcurrentStreams(config.maxConcurrentStreams())
                .initialWindowSize(config.streamWindowBytes())
                .maxHeaderListSize(listener.limits().maxHeadBytes())
                .connectProtocolEnabled(true);
    }

    /** Reads each header section into the loop's list. */
    private static final class Sections extends DefaultHttp2HeadersDecoder {

        private final Scratch scratch;

        Sections(ListenerSettings listener, Scratch scratch) {
            super(false, listener.limits().maxHeadBytes());
            this.scratch = scratch;
        }

        @Override
        protected Http2Headers newHeaders() {
            return scratch.toReceive();
        }
    }
}
