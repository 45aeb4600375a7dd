package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Heads with a few octets inserted, deleted and replaced. Netty's strict decoder is the oracle: what it rejects must be rejected here. A failure
 * prints the seed; {@code -Devenkeel.fuzz.seed=…} runs it again and {@code -Devenkeel.fuzz.cases=…} runs longer.
 */
@Timeout(300)
class HeadFuzzTest {

    private static final long SEED = Long.getLong("evenkeel.fuzz.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("evenkeel.fuzz.cases", 100_000);

    /** Characters that parsers have disagreed about, and words that make a head mean something else. */
    private static final String[] HOSTILE = {
        "\0",
        "\t",
        "\n",
        "\u000b",
        "\f",
        "\r",
        "\r\n",
        "\r\n ",
        "\r\n\t",
        "\n\n",
        "\r\r\n",
        "\r\n\r\n",
        " ",
        "  ",
        "\"",
        "#",
        "%",
        "%00",
        "%2e",
        "%2F",
        "'",
        "(",
        ")",
        "*",
        "+",
        ",",
        "-",
        ".",
        "..",
        "/",
        "/../",
        "/./",
        "//",
        "0",
        "1",
        "9",
        ":",
        ": ",
        " :",
        ";",
        "<",
        "=",
        "?",
        "@",
        "A",
        "[",
        "\\",
        "]",
        "^",
        "`",
        "x",
        "{",
        "|",
        "}",
        "~",
        "\u007f",
        "\u0080",
        "\u0085",
        "\u00a0",
        "\u00e9",
        "\u00ff",
        "HTTP/1.0",
        "HTTP/1.1",
        "HTTP/2.0",
        "chunked",
        "identity",
        "gzip, ",
        "100",
        "200",
        "204",
        "304",
        "\r\nHost: b",
        "\r\nContent-Length: 0",
        "\r\nContent-Length: 7",
        "\r\nTransfer-Encoding: chunked",
        "\r\nConnection: close",
        "\r\nX: y",
        "\r\nExpect: 100-continue",
        "\r\nUpgrade: h2c",
        "http://",
        "%",
        "%4",
        "GET",
        "POST",
        "99999999999999999999"
    };

    /** RFC 9112 §2.3: to be taken as HTTP/1.1, but Netty allows {@code Transfer-Encoding} in 1.1 itself only. */
    private static final Pattern LATER_MINOR = Pattern.compile("HTTP/1\\.[2-9]");

    private static final String[] REQUESTS = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a/b?c=d HTTP/1.1\r\nHost: example.org:8080\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nContent-Type: text/plain\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\nConnection: TE\r\n\r\n",
        "PUT http://b/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]\r\nX:\r\nY: \u00e9\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    };

    private static final String[] RESPONSES = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: Sat, 21 Nov 2026 00:00:00 GMT\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n",
        "HTTP/1.0 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 \r\nServer: x\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n"
    };

    /** One way to read a head. */
    private interface Reader {
        HeadVerdict read(ByteBuf in);
    }

    @Test
    void whatNettyRejectsInARequestIsRejectedHere() {
        RequestHead head = new RequestHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);
        int rejected = fuzz(REQUESTS, in -> head.read(in, Heads.LIMITS), () -> new HttpRequestDecoder(strict()));

        assertThat(rejected).as("seed %d", SEED).isBetween(CASES / 10, CASES);
    }

    @Test
    void whatNettyRejectsInAResponseIsRejectedHere() {
        ResponseHead head = new ResponseHead(Heads.MAX_BYTES, Heads.MAX_FIELDS);
        int rejected = fuzz(RESPONSES, in -> head.read(in, 16 * 1024, 100), () -> new HttpResponseDecoder(strict()));

        assertThat(rejected).as("seed %d", SEED).isBetween(CASES / 10, CASES);
    }

    private static HttpDecoderConfig strict() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(8 * 1024)
                .setMaxHeaderSize(16 * 1024)
                .setStrictLineParsing(true)
                .setValidateHeaders(true)
                .setAllowDuplicateContentLengths(false)
                .setUseRfc9112TransferEncoding(true);
    }

    /** Returns how many heads Netty rejected: an oracle that never does proves nothing. */
    private static int fuzz(String[] corpus, Reader ours, Supplier<ChannelInboundHandlerAdapter> theirs) {
        Random random = new Random(SEED);
        int rejected = 0;
        for (int i = 0; i < CASES; i++) {
            String text = mutate(corpus[random.nextInt(corpus.length)], random);
            byte[] octets = Heads.octets(text);
            HeadVerdict verdict = ours.read(Unpooled.wrappedBuffer(octets));
            boolean refused = !LATER_MINOR.matcher(text).find() && rejects(theirs.get(), octets);
            rejected += refused ? 1 : 0;
            if (refused && verdict == HeadVerdict.COMPLETE) {
                throw new AssertionError(
                        "Netty rejects what is taken here, seed " + SEED + ", case " + i + ": " + text);
            }
        }
        return rejected;
    }

    private static String mutate(String text, Random random) {
        StringBuilder head = new StringBuilder(text);
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = random.nextInt(head.length() + 1);
            int to = Math.min(head.length(), at + random.nextInt(3));
            head.replace(at, to, random.nextInt(4) == 0 ? "" : HOSTILE[random.nextInt(HOSTILE.length)]);
        }
        return head.toString();
    }

    private static boolean rejects(ChannelInboundHandlerAdapter decoder, byte[] octets) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        channel.writeInbound(Unpooled.wrappedBuffer(octets));
        Object first = channel.readInbound();
        boolean rejected =
                first instanceof HttpMessage message && message.decoderResult().isFailure();
        ReferenceCountUtil.release(first);
        channel.finishAndReleaseAll();
        return rejected;
    }
}
