package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Chunked bodies with a few octets inserted, deleted and replaced, read whole and in pieces: whatever the pieces, the same octets are taken or
 * refused, and what is forwarded is canonical and means the same as what is unwrapped. {@code -Devenkeel.fuzz.seed=…} runs a failure again.
 */
@Timeout(300)
class ChunkedFuzzTest {

    private static final long SEED = Long.getLong("evenkeel.fuzz.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("evenkeel.fuzz.cases", 8_000);

    /** In one piece. */
    private static final int WHOLE = 0;

    private static final String[] HOSTILE = {
        "\0",
        "\n",
        "\r",
        "\r\n",
        "\r\n\r\n",
        " ",
        "\t",
        ";",
        ";x",
        "=\"",
        "0",
        "1",
        "5",
        "a",
        "F",
        "g",
        "-",
        "+",
        "0x",
        "ffff",
        "0\r\n",
        "0\r\n\r\n",
        "X: y\r\n",
        "Host: a\r\n",
        "\u007f",
        "\u00e9"
    };

    private static final String[] BODIES = {
        "0\r\n\r\n",
        "5\r\nhello\r\n0\r\n\r\n",
        "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\n\r\n",
        "b\r\n0\r\n\r\nGET / \r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n"
    };

    /** What became of a body: where it ended, −1 for refused or 0 for unfinished, and what was forwarded. */
    private record Outcome(int end, String forwarded) {}

    private final BodyReader reader = new BodyReader(256);

    @Test
    void howABodyIsCutChangesNothing() {
        Random random = new Random(SEED);
        int taken = 0;
        for (int i = 0; i < CASES; i++) {
            String wire = mutate(BODIES[random.nextInt(BODIES.length)], random);
            Outcome plain = read(wire, true, WHOLE, random);
            Outcome cut = read(wire, true, 4, random);
            Outcome chunked = read(wire, false, 4, random);
            String as = "seed " + SEED + ", case " + i + ": " + wire;
            assertThat(cut.end()).as(as).isEqualTo(plain.end()).isEqualTo(chunked.end());
            if (plain.end() > 0) {
                taken++;
                assertThat(cut.forwarded()).as(as).isEqualTo(plain.forwarded());
                assertThat(Chunks.decode(chunked.forwarded()).payload()).as(as).isEqualTo(plain.forwarded());
            }
        }
        assertThat(taken).as("seed %d", SEED).isBetween(CASES / 20, CASES * 19 / 20);
    }

    private static String mutate(String body, Random random) {
        StringBuilder wire = new StringBuilder(body);
        for (int left = random.nextInt(4); left > 0; left--) {
            int at = random.nextInt(wire.length() + 1);
            int to = Math.min(wire.length(), at + random.nextInt(3));
            wire.replace(at, to, random.nextInt(4) == 0 ? "" : HOSTILE[random.nextInt(HOSTILE.length)]);
        }
        return wire.append("NEXT").toString();
    }

    private Outcome read(String wire, boolean unwrap, int mostOctets, Random random) {
        reader.chunked(unwrap);
        Parts parts = new Parts();
        for (int from = 0; from < wire.length(); ) {
            int to = mostOctets == WHOLE
                    ? wire.length()
                    : Math.min(wire.length(), from + 1 + random.nextInt(mostOctets));
            ByteBuf in = Heads.buffer(wire.substring(from, to));
            int end = reader.read(in, 0, parts);
            in.release();
            assertThat(in.refCnt()).isZero();
            if (end == BodyReader.MALFORMED) {
                return new Outcome(-1, "");
            }
            from += end;
            if (reader.done()) {
                return new Outcome(from, parts.text());
            }
        }
        return new Outcome(0, parts.text());
    }
}
