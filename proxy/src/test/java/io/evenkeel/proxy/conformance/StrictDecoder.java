package io.evenkeel.proxy.conformance;

import io.evenkeel.proxy.testing.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Netty's own decoder, at its strictest, as an oracle: what it rejects, the router rejects.
 *
 * @param whole requests decoded completely before the first that it rejects
 * @param rejects whether there is one that it rejects
 */
record StrictDecoder(int whole, boolean rejects) {

    static StrictDecoder judge(String input) {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxInitialLineLength(16_384)
                .setMaxHeaderSize(16_384)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true);
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(config));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(Wire.octets(input)));
            return drain(channel);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static StrictDecoder drain(EmbeddedChannel channel) {
        int whole = 0;
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            boolean failed = ((DecoderResultProvider) part).decoderResult().isFailure();
            boolean last = part instanceof LastHttpContent;
            ReferenceCountUtil.release(part);
            if (failed) {
                return new StrictDecoder(whole, true);
            }
            whole += last ? 1 : 0;
        }
        return new StrictDecoder(whole, false);
    }
}
