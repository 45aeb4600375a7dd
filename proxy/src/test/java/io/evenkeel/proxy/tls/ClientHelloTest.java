package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {

    private static final int HEADER = 5;

    /** What the Java platform's client says first. */
    private static byte[] hello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("Shop.Example.ORG")));
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The same message in records of this many octets. */
    private static byte[] cut(byte[] hello, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = HEADER; at < hello.length; at += size) {
            int length = Math.min(size, hello.length - at);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(hello, at, length);
        }
        return out.toByteArray();
    }

    private static ClientHello.Verdict judge(byte... octets) {
        return ClientHello.judge(Unpooled.wrappedBuffer(octets));
    }

    @Test
    void theServerIsNamedInLowerCaseAndProtocolsKeepTheirOrder() throws Exception {
        ClientHello read = ClientHello.read(Unpooled.wrappedBuffer(hello()));

        assertThat(read).isEqualTo(new ClientHello("shop.example.org", List.of("h2", "http/1.1")));
    }

    @Test
    void everyBeginningIsIncomplete() throws Exception {
        byte[] hello = hello();
        for (int length = 0; length < hello.length; length++) {
            assertThat(judge(Arrays.copyOf(hello, length)))
                    .as("%d octets of %d", length, hello.length)
                    .isEqualTo(ClientHello.Verdict.INCOMPLETE);
        }
        assertThat(judge(hello)).isEqualTo(ClientHello.Verdict.COMPLETE);
    }

    @Test
    void itMayComeInRecordsOfAnySize() throws Exception {
        byte[] hello = hello();
        for (int size : new int[] {1, 2, 3, 4, 5, 100, hello.length}) {
            ByteBuf cut = Unpooled.wrappedBuffer(cut(hello, size));
            assertThat(ClientHello.judge(cut)).isEqualTo(ClientHello.Verdict.COMPLETE);
            assertThat(ClientHello.read(cut).serverName()).isEqualTo("shop.example.org");
        }
    }

    @Test
    void whatIsNoHandshakeRecordIsNotTls() {
        assertThat(judge((byte) 'G')).isEqualTo(ClientHello.Verdict.NOT_TLS);
        assertThat(judge((byte) 22, (byte) 2)).isEqualTo(ClientHello.Verdict.NOT_TLS);
        assertThat(judge((byte) 0x80, (byte) 0x2e)).as("SSL 2").isEqualTo(ClientHello.Verdict.NOT_TLS);
    }

    @Test
    void aMessageOrRecordBeyondTheLimitIsTooLargeAtOnce() {
        byte[] message = {22, 3, 1, 0, 4, 1, 0, 0x40, 1};
        byte[] record = {22, 3, 1, 0x40, 1};

        assertThat(judge(message)).isEqualTo(ClientHello.Verdict.TOO_LARGE);
        assertThat(judge(record)).isEqualTo(ClientHello.Verdict.TOO_LARGE);
    }

    @Test
    void anotherMessageAnEmptyRecordAndOctetsBehindTheHelloAreMalformed() throws Exception {
        byte[] hello = hello();
        byte[] more = cut(Arrays.copyOf(hello, hello.length + 1), 1 << 14);

        assertThat(judge((byte) 22, (byte) 3, (byte) 1, (byte) 0, (byte) 4, (byte) 2, (byte) 0, (byte) 0, (byte) 0))
                .isEqualTo(ClientHello.Verdict.MALFORMED);
        assertThat(judge((byte) 22, (byte) 3, (byte) 1, (byte) 0, (byte) 0)).isEqualTo(ClientHello.Verdict.MALFORMED);
        assertThat(judge(more)).isEqualTo(ClientHello.Verdict.MALFORMED);
    }

    @Test
    void aLengthThatDoesNotFitIsToldByAnException() throws Exception {
        byte[] hello = hello();
        hello[HEADER + 4 + 2 + 32] = (byte) 0xff; // the length of the session id
        hello[hello.length - 1] ^= 0x55;

        assertThatThrownBy(() -> ClientHello.read(Unpooled.wrappedBuffer(Arrays.copyOf(hello, HEADER + 60))))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void nothingButThatExceptionComesOfHellosWithWrongOctets() throws Exception {
        byte[] right = hello();
        Random random = new Random(8446);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] wrong = right.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                wrong[HEADER + 4 + random.nextInt(wrong.length - HEADER - 4)] = (byte) random.nextInt();
            }
            try {
                assertThat(ClientHello.read(Unpooled.wrappedBuffer(wrong)).protocols())
                        .hasSizeLessThan(wrong.length);
            } catch (IndexOutOfBoundsException expected) {
                refused++;
            }
        }
        assertThat(refused).as("refused").isPositive();
    }
}
