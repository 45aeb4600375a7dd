package io.evenkeel.cli.vvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw sockets, so that what is asserted is what was on the wire. */
class DemoVvmsIT {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final DemoVvms vvms = new DemoVvms();
    private InetSocketAddress address = ANY;

    @BeforeEach
    void start() throws IOException {
        address = vvms.start("vvm-1", ANY);
    }

    @AfterEach
    void stop() {
        vvms.close();
    }

    @Test
    void checkIsAnsweredWithOk() throws IOException {
        String response = lastExchange("GET /api/check HTTP/1.1", "");
        assertThat(response).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok\n");
        assertThat(response).contains("content-type: text/plain", "x-vvm: vvm-1", "date: ");
    }

    @Test
    void everythingElseIsEchoed() throws IOException {
        String response = lastExchange("POST /a/b?c=d HTTP/1.1", "hello", "Via: one", "via: two", "Content-Length: 5");
        JsonNode echo = new ObjectMapper().readTree(body(response));
        assertThat(echo.path("vvm").asText()).isEqualTo("vvm-1");
        assertThat(echo.path("method").asText()).isEqualTo("POST");
        assertThat(echo.path("path").asText()).isEqualTo("/a/b");
        assertThat(echo.path("query").asText()).isEqualTo("c=d");
        assertThat(echo.path("headers").path("Host").asText()).isEqualTo("vvm.test");
        assertThat(echo.path("headers").path("Via").toString()).isEqualTo("[\"one\",\"two\"]");
        assertThat(echo.path("bodyBytes").asInt()).isEqualTo(5);
    }

    @Test
    void requestBodyIsCountedWhateverItsLengthAndFraming() throws IOException {
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        String response =
                lastExchange("PUT /blob HTTP/1.1", chunk.repeat(300) + "0\r\n\r\n", "Transfer-Encoding: chunked");
        assertThat(body(response)).contains("\"bodyBytes\": " + 300 * 0x1000);
    }

    @Test
    void sizeStreamsSoManyBytes() throws IOException {
        String response = lastExchange("GET /?size=3m HTTP/1.1", "");
        assertThat(response).contains("content-length: 3145728\r\n");
        assertThat(body(response)).hasSize(3 << 20);
    }

    @Test
    void headSaysTheLengthAndSendsNoBody() throws IOException {
        String response = lastExchange("HEAD /?size=10k&status=503 HTTP/1.1", "");
        assertThat(response).startsWith("HTTP/1.1 503 ").contains("content-length: 10240\r\n");
        assertThat(body(response)).isEmpty();
    }

    @Test
    void response204HasNoBody() throws IOException {
        String response = lastExchange("GET /?status=204 HTTP/1.1", "");
        assertThat(response).startsWith("HTTP/1.1 204 ").endsWith("\r\n\r\n");
    }

    @Test
    void delayHoldsTheResponseBack() throws IOException {
        long begin = System.nanoTime();
        assertThat(lastExchange("GET /?delay=100ms HTTP/1.1", "")).startsWith("HTTP/1.1 200 ");
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(100_000_000L);
    }

    @Test
    void badKnobIsAnsweredWith400ThatNamesIt() throws IOException {
        String response = lastExchange("GET /?status=99 HTTP/1.1", "");
        assertThat(response).startsWith("HTTP/1.1 400 ").contains("status: expected 200–599");
    }

    @Test
    void malformedRequestIsAnsweredWith400AndTheConnectionClosed() throws IOException {
        assertThat(send("GET / HTTP/1.1\r\nno colon\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("connection: close\r\n");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        String first = "GET /first?delay=50ms HTTP/1.1\r\nHost: vvm.test\r\n\r\n";
        String second = "GET /second HTTP/1.1\r\nHost: vvm.test\r\nConnection: close\r\n\r\n";
        String responses = send(first + second);
        assertThat(responses).containsSubsequence("\"path\": \"/first\"", "\"path\": \"/second\"");
    }

    @Test
    void expectationIsMetBeforeTheBodyArrives() throws IOException {
        try (Socket client = connect()) {
            write(client, "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            String interim = "HTTP/1.1 100 Continue\r\n\r\n";
            byte[] got = client.getInputStream().readNBytes(interim.length());
            assertThat(new String(got, StandardCharsets.US_ASCII)).isEqualTo(interim);
        }
    }

    @Test
    void severalVvmsEachSayTheirOwnName() throws IOException {
        InetSocketAddress other = vvms.start("vvm-2", ANY);
        assertThat(other.getPort()).isNotEqualTo(address.getPort());
        address = other;
        assertThat(lastExchange("GET / HTTP/1.1", "")).contains("\"vvm\": \"vvm-2\"");
    }

    @Test
    void portInUseIsOneLineThatNamesTheAddress() {
        assertThatIOException()
                .isThrownBy(() -> vvms.start("vvm-2", address))
                .withMessage("cannot listen on 127.0.0.1:%d: Address already in use", address.getPort());
    }

    @Test
    void nameMustFitIntoAHeader() {
        assertThatIllegalArgumentException().isThrownBy(() -> vvms.start("vvm\r\n1", ANY));
    }

    private String lastExchange(String requestLine, String body, String... headers) throws IOException {
        String fields = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send(requestLine + "\r\nHost: vvm.test\r\n" + fields + "Connection: close\r\n\r\n" + body);
    }

    /** Sends the bytes and reads until the VVM closes. */
    private String send(String bytes) throws IOException {
        try (Socket client = connect()) {
            write(client, bytes);
            InputStream in = client.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(30_000);
        return client;
    }

    private static void write(Socket client, String bytes) throws IOException {
        client.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }
}
