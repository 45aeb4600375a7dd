package io.evenkeel.proxy.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.HashKeyConfig;
import io.evenkeel.config.StickTableConfig;
import io.evenkeel.proxy.http.Heads;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.key.KeyHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningTest {

    private static final String EVENT = "event: channelId\ndata: abc\n\n";
    private static final byte[] KEY = {'a', 'b', 'c'};

    private final LearnedKeys keys = new LearnedKeys(
            new StickTableConfig("channelId", new HashKeyConfig.PathGroup(List.of("/(.*)")), Duration.ofHours(1), 10));
    private final KeyHash hash = new KeyHash(keys.seed());
    private final EndpointState endpoint = Endpoints.at(9001);

    private static ResponseHead head(String status, String fields) {
        return Heads.response("HTTP/1.1 " + status + "\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n");
    }

    private boolean isLearned() {
        return endpoint.address().equals(keys.table().find(hash.of(KEY, 0, KEY.length), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK, Content-Type: text/event-stream, true",
        "200 OK, Content-Type: Text/Event-Stream;charset=utf-8, true",
        "200 OK, 'content-type: text/event-stream ; charset=utf-8', true",
        "200 OK, Content-Type: text/event-streams, false",
        "200 OK, Content-Type: text/event, false",
        "200 OK, Content-Type: text/plain, false",
        "200 OK, Content-Type: text/event-stream|Content-Encoding: gzip, false",
        "200 OK, Server: x, false",
        "201 Created, Content-Type: text/event-stream, false",
        "503 Busy, Content-Type: text/event-stream, false"
    })
    void onlyAReadableStreamOfEventsTeaches(String status, String fields, boolean teaches) {
        assertThat(Learning.canLearnFrom(head(status, fields))).isEqualTo(teaches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked||1c\r\n" + EVENT + "\r\n",
                "Transfer-Encoding: chunked||5;x=y\r\nevent\r\n17\r\n: channelId\ndata: abc\n\n\r\n",
                "Content-Length: 28||" + EVENT,
                "Content-Length: 999||" + EVENT,
                "Server: x||" + EVENT
            })
    void theKeyIsLearnedHoweverTheBodyIsFramedAndCut(String response) {
        String fields = response.substring(0, response.indexOf("||"));
        String body = response.substring(response.indexOf("||") + 2);
        for (int cut = 0; cut <= body.length(); cut++) {
            LearningTest fresh = new LearningTest();
            fresh.give(fields, body.substring(0, cut), body.substring(cut));
            assertThat(fresh.isLearned()).as("cut at %d", cut).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked||zz\r\n" + EVENT,
                "Content-Length: 27||" + EVENT,
                "Content-Length: 0||" + EVENT
            })
    void whatIsNotInTheBodyTeachesNothing(String response) {
        String body = response.substring(response.indexOf("||") + 2);
        assertThat(give(response.substring(0, response.indexOf("||")), body)).isFalse();
        assertThat(isLearned()).isFalse();
    }

    @Test
    void theBufferIsLeftAsItWas() {
        ByteBuf in = Unpooled.wrappedBuffer(Heads.octets("HEAD" + EVENT));
        in.readerIndex(1);
        new Learning(keys, hash, endpoint, head("200 OK", "Server: x")).look(in, 4, 0);
        assertThat(isLearned()).isTrue();
        assertThat(in.readerIndex()).isEqualTo(1);
        assertThat(in.refCnt()).isEqualTo(1);
        in.release();
    }

    /** Whether there was more to learn after the last part. */
    private boolean give(String fields, String... parts) {
        Learning learning = new Learning(keys, hash, endpoint, head("200 OK", fields));
        boolean more = true;
        for (String part : parts) {
            ByteBuf in = Unpooled.wrappedBuffer(Heads.octets("<" + part));
            more = more && learning.look(in, 1, 0);
            assertThat(in.refCnt()).isEqualTo(1);
            in.release();
        }
        return more;
    }
}
