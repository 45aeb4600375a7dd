package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.UpgradeOffer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeOfferTest extends WriterFixture {

    private static final byte[][] ALLOWED = {Octets.ascii("websocket"), Octets.ascii("acme-rpc")};

    private static RequestHead head(String line, String fields) {
        return Heads.request(line + "\r\nHost: a\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n");
    }

    private static RequestHead get(String fields) {
        return head("GET / HTTP/1.1", fields);
    }

    @ParameterizedTest
    @CsvSource({
        "'Connection: Upgrade|Upgrade: websocket', websocket",
        "'Connection: x, uPGRADE|Upgrade: WebSocket', websocket",
        "'Connection: Upgrade|Upgrade: h2c, websocket', websocket",
        "'Connection: Upgrade|Upgrade: ,, acme-rpc , websocket', acme-rpc",
        "'Upgrade: h2c|Connection: Upgrade|Upgrade: ACME-rpc', acme-rpc",
        "'Connection: Upgrade|Upgrade: websocket|Content-Length: 0', websocket"
    })
    void theFirstThatIsAllowedIsPassedOn(String fields, String protocol) {
        RequestHead head = get(fields);

        assertThat(head.upgrade().settle(head, ALLOWED)).isEqualTo(Verdict.PASSED_ON);
        assertThat(head.upgrade().protocol()).isEqualTo(Octets.ascii(protocol));
        assertThat(head.upgrade().webSocket()).isEqualTo(protocol.equals("websocket"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2c",
                "HTTP/2.0, TLS/1.0",
                "websocket/13",
                "websocketx",
                "xwebsocket",
                "web socket",
                ",",
                "acme-rpc;q=1",
                ""
            })
    void whatIsNotAllowedIsIgnored(String offered) {
        RequestHead head = get("Connection: Upgrade|Upgrade: " + offered);

        assertThat(head.upgrade().settle(head, ALLOWED)).isEqualTo(Verdict.IGNORED);
        assertThat(head.upgrade().protocol()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket"})
    void aWebSocketThatIsNotAllowedIsRefused(String offered) {
        RequestHead head = get("Connection: Upgrade|Upgrade: " + offered);

        assertThat(head.upgrade().settle(head, new byte[][] {ALLOWED[1]})).isEqualTo(Verdict.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "POST / HTTP/1.1, 'Upgrade: websocket'",
        "HEAD / HTTP/1.1, 'Upgrade: websocket'",
        "GET / HTTP/1.1, 'Upgrade: websocket|Content-Length: 1'",
        "GET / HTTP/1.1, 'Upgrade: websocket|Transfer-Encoding: chunked'",
        "POST / HTTP/1.1, 'Upgrade: acme-rpc|Content-Length: 1'"
    })
    void whatNoOtherProtocolCanFollowIsMalformed(String line, String fields) {
        RequestHead head = head(line, "Connection: Upgrade|" + fields);

        assertThat(head.upgrade().settle(head, ALLOWED)).isEqualTo(Verdict.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 'Upgrade: websocket'",
        "GET / HTTP/1.1, 'Connection: Upgrade'",
        "GET / HTTP/1.0, 'Connection: Upgrade|Upgrade: websocket'"
    })
    void withoutTheOptionOrTheFieldOrFromAnHttp10ClientThereIsNoOffer(String line, String fields) {
        assertThat(head(line, fields).upgrade().present()).isFalse();
    }

    @Test
    void theEndpointIsAskedForNothingElse() {
        RequestHead head = get("Connection: Upgrade, X-Hop|Upgrade: h2c, WebSocket|X-Hop: 1|TE: trailers");
        head.upgrade().settle(head, ALLOWED);
        id.settle(head);
        String written = Heads.drain(writer.write(
                head,
                null,
                new ForwardingPolicy(NOTHING, "edge-1"),
                client("192.0.2.1", false),
                id,
                null,
                io.netty.buffer.ByteBufAllocator.DEFAULT));

        assertThat(written).isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n");
    }
}
