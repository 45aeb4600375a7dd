package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedReaderTest {

    private static final int MAX_TRAILER_BYTES = 64;
    private static final int RANDOM_SPLITS = 200;

    private final BodyReader reader = new BodyReader(MAX_TRAILER_BYTES);

    /** Of the body that was forwarded last, apart from it. */
    private String trailers = "";

    /** A body that is right, what is in it, and its trailer section with the empty line. */
    record Body(String wire, String payload, String trailers) {

        static Body of(String wire, String payload) {
            return new Body(wire, payload, "\r\n");
        }
    }

    static Stream<Body> bodies() {
        String all = octets();
        return Stream.of(
                Body.of("0\r\n\r\n", ""),
                Body.of("000\r\n\r\n", ""),
                Body.of("5\r\nhello\r\n0\r\n\r\n", "hello"),
                Body.of("0005\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
                Body.of("A\r\n0123456789\r\na\r\nabcdefghij\r\n0\r\n\r\n", "0123456789abcdefghij"),
                Body.of("2\r\n\r\n\r\n5\r\n0\r\n\r\n\r\n0\r\n\r\n", "\r\n0\r\n\r\n"),
                Body.of("5;x\r\nhello\r\n0;y=\"z\"\r\n\r\n", "hello"),
                Body.of("5;x=1;y\r\nhello\r\n1\r\n!\r\n2 ; z = \"q\\\"\" ;w\r\nab\r\n0\r\n\r\n", "hello!ab"),
                Body.of("100\r\n" + all + "\r\n00000000000100\r\n" + all + "\r\n0\r\n\r\n", all + all),
                new Body("3\r\nabc\r\n0\r\nX: y\r\n\r\n", "abc", "X: y\r\n\r\n"),
                new Body("3;q\r\nabc\r\n0;q\r\nX: y\r\nEtag:\"z\"\r\n\r\n", "abc", "X: y\r\nEtag:\"z\"\r\n\r\n"));
    }

    private static String octets() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            all.append((char) i);
        }
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyMeansTheSameHoweverItIsCutInTwo(Body body) {
        for (int cut = 0; cut <= body.wire().length(); cut++) {
            assertForwarded(body, List.of(cut));
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyMeansTheSameOctetByOctet(Body body) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 1; i < body.wire().length(); i++) {
            cuts.add(i);
        }
        assertForwarded(body, cuts);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyMeansTheSameHoweverItIsCut(Body body) {
        Random random = new Random(9);
        for (int i = 0; i < RANDOM_SPLITS; i++) {
            assertForwarded(
                    body,
                    random.ints(random.nextInt(8), 0, body.wire().length() + 1)
                            .sorted()
                            .boxed()
                            .toList());
        }
    }

    private void assertForwarded(Body body, List<Integer> cuts) {
        reader.chunked(false);
        String out = forward(body.wire(), cuts);
        Body again = Chunks.decode(out);
        assertThat(again.payload()).as("cuts %s", cuts).isEqualTo(body.payload());
        assertThat(again.trailers()).as("cuts %s", cuts).isEqualTo(body.trailers());
        assertThat(reader.payloadBytes()).isEqualTo(body.payload().length());

        reader.chunked(true);
        assertThat(forward(body.wire(), cuts)).as("unwrapped, cuts %s", cuts).isEqualTo(body.payload());
        assertThat(trailers).isEqualTo(body.trailers().equals("\r\n") ? "" : body.trailers());
        assertThat(reader.payloadBytes()).isEqualTo(body.payload().length());
    }

    /** Feeds the wire in pieces, each with an octet of the next message behind it once the body is over. */
    private String forward(String wire, List<Integer> cuts) {
        Parts parts = new Parts();
        int from = 0;
        for (int i = 0; i <= cuts.size(); i++) {
            boolean last = i == cuts.size();
            int to = last ? wire.length() : cuts.get(i);
            int end = read(wire.substring(from, to) + (to == wire.length() ? "N" : ""), parts);
            if (reader.done()) {
                assertThat(from + end).isEqualTo(wire.length());
                trailers = parts.trailers;
                return parts.text();
            }
            assertThat(end).isEqualTo(to - from);
            from = to;
        }
        throw new AssertionError("not done: " + wire);
    }

    private int read(String text, Parts parts) {
        ByteBuf in = Heads.buffer(text);
        int end = reader.read(in, 0, parts);
        in.release();
        assertThat(in.refCnt()).as("someone kept a part").isZero();
        assertThat(parts.buffers).allSatisfy(part -> assertThat(part.refCnt()).isZero());
        return end;
    }

    /** Rule 2 of the design: what is canonical already is never copied. */
    @Test
    void canonicalChunksTravelAsTheBufferThatWasRead() {
        reader.chunked(false);
        Parts parts = new Parts();
        ByteBuf in = Heads.buffer("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
        reader.read(in, 0, parts);
        in.release();

        assertThat(parts.buffers).singleElement().isSameAs(in);
    }

    /** Up to the offending octet, which is the last, everything is right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r",
                "\n",
                " ",
                ";",
                "g",
                "+",
                "-",
                "x",
                "0x",
                "5 \r",
                "5\tx",
                "5;\r",
                "5;=",
                "5;x=\r",
                "5;x y",
                "5;x=y z",
                "5;x=\"y\"z",
                "5;x=\"\r",
                "5\n",
                "5:",
                "5\u000b",
                "5\rx",
                "5\r\r",
                "5;x\n",
                "5;x\u0000",
                "5;x\u007f",
                "5;x\rx",
                "1\r\nab",
                "1\r\na\n",
                "1\r\na\rx",
                "1\r\na\r\n\r",
                "1\r\na\r\n\n",
                "1\r\na\r\n;",
                "1\r\na\r\n5g",
                "0000000000000000",
                "ffffffffffffffff"
            })
    void brokenFramingIsFoundAtItsOctet(String wire) {
        String right = wire.substring(0, wire.length() - 1);
        for (int cut = 0; cut < wire.length(); cut++) {
            reader.chunked(false);
            Parts parts = new Parts();
            assertThat(read(wire.substring(0, cut), parts)).isEqualTo(cut);
            assertThat(read(wire.substring(cut), parts)).as("cut at %d", cut).isEqualTo(BodyReader.MALFORMED);
        }
        reader.chunked(true);
        assertThat(read(right, new Parts())).isEqualTo(right.length());
        assertThat(read(wire.substring(right.length()), new Parts())).isEqualTo(BodyReader.MALFORMED);
    }

    /** Trailers are judged when they are whole; until then nothing of them goes anywhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y\n\r\n",
                "X: y\r\n\n",
                "X: y\rz\r\n\r\n",
                "X : y\r\n\r\n",
                "X\r\n\r\n",
                ": y\r\n\r\n",
                "X: y\r\n z\r\n\r\n",
                "X: \u0000\r\n\r\n",
                "\n",
                "a\n",
                "Content-Length: 1\r\n\r\n",
                "X: y\r\ntransfer-encoding: chunked\r\n\r\n",
                "Host: a\r\n\r\n",
                "Connection: x\r\n\r\n",
                "TE: trailers\r\n\r\n",
                "Expect: 100-continue\r\n\r\n",
                "Upgrade: h2c\r\n\r\n"
            })
    void brokenOrForbiddenTrailersAreRefusedAndNotForwarded(String trailers) {
        String wire = "1\r\na\r\n0\r\n" + trailers + "\r\n\r\n";
        for (int cut = 0; cut < wire.length(); cut++) {
            for (boolean unwrap : new boolean[] {false, true}) {
                reader.chunked(unwrap);
                Parts parts = new Parts();
                if (read(wire.substring(0, cut), parts) != BodyReader.MALFORMED) {
                    assertThat(reader.done()).isFalse();
                    assertThat(read(wire.substring(cut), parts)).isEqualTo(BodyReader.MALFORMED);
                }
                assertThat("1\r\na\r\n0\r\n").contains(parts.text());
            }
        }
    }

    @Test
    void trailersOfExactlyTheLimitAreTakenAndOneOctetMoreIsNot() {
        String atLimit = "X: " + "y".repeat(MAX_TRAILER_BYTES - 7) + "\r\n\r\n";
        assertThat(atLimit).hasSize(MAX_TRAILER_BYTES);

        reader.chunked(false);
        Parts parts = new Parts();
        read("0\r\n" + atLimit, parts);
        assertThat(reader.done()).isTrue();
        assertThat(parts.text()).isEqualTo("0\r\n" + atLimit);
        reader.chunked(false);
        assertThat(read("0\r\nX" + atLimit, parts)).isEqualTo(BodyReader.MALFORMED);
    }

    @Test
    void tooManyTrailersAreRefused() {
        BodyReader roomy = new BodyReader(8192);
        for (int fields = 64; fields <= 65; fields++) {
            roomy.chunked(false);
            ByteBuf in = Heads.buffer("0\r\n" + "X: y\r\n".repeat(fields) + "\r\n");
            int end = roomy.read(in, 0, new Parts());
            assertThat(end).isEqualTo(fields == 64 ? in.writerIndex() : BodyReader.MALFORMED);
            in.release();
        }
    }

    @Test
    void aLongExtensionIsRefused() {
        reader.chunked(false);
        assertThat(read("1;" + "x".repeat(16 * 1024 - 1) + "\r\n", new Parts())).isPositive();
        reader.chunked(false);
        assertThat(read("1;" + "x".repeat(16 * 1024), new Parts())).isEqualTo(BodyReader.MALFORMED);
        reader.chunked(false);
        assertThat(read(("1;" + "x".repeat(1023) + "\r\na\r\n").repeat(17), new Parts()))
                .as("in all")
                .isEqualTo(BodyReader.MALFORMED);
    }

    @Test
    void aChunkMayBeLargerThanAnyBuffer() {
        reader.chunked(false);
        Parts parts = new Parts();
        String wire = "fffffffffffffff\r\nabc";

        assertThat(read(wire, parts)).isEqualTo(wire.length());
        assertThat(reader.payloadBytes()).isEqualTo(3);
        assertThat(parts.text()).isEqualTo(wire);
    }
}
