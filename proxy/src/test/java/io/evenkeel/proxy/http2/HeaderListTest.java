package io.evenkeel.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class HeaderListTest {

    @Test
    void fieldsKeepTheirOrderAndTheirDuplicates() {
        HeaderList list = Sections.list("x: a", ":path: /", "x: b");
        assertThat(Sections.lines(list)).containsExactly("x: a", ":path: /", "x: b");
        assertThat(String.valueOf(list.get("x"))).isEqualTo("a");
        assertThat(list.get("y")).isNull();
        assertThat(list.contains(":path")).isTrue();
        assertThat(list.size()).isEqualTo(3);
        assertThat(list.getAll("x")).isEmpty();
    }

    @Test
    void aListGrowsAndIsEmptyAgainOnceCleared() {
        HeaderList list = new HeaderList();
        for (int i = 0; i < 100; i++) {
            list.add(Sections.text("n" + i), Sections.text("v" + i));
        }
        HeaderList copy = list.copy();
        assertThat(list.clear().size()).isZero();
        assertThat(list.iterator().hasNext()).isFalse();
        assertThat(copy.size()).isEqualTo(100);
        assertThat(Sections.string(copy.value(99))).isEqualTo("v99");
        assertThatThrownBy(list.iterator()::next).isInstanceOf(NoSuchElementException.class);
    }

    /** What Netty's codec asks of a list is there: it goes through compression and comes back the same. */
    @Test
    void aListGoesThroughCompression() throws Exception {
        HeaderList list = Sections.get("accept: */*", "x: y", "x: z", "cookie: a=b");
        ByteBuf block = Unpooled.buffer();
        new DefaultHttp2HeadersEncoder().encodeHeaders(3, list, block);
        HeaderList decoded = (HeaderList)
                new DefaultHttp2HeadersDecoder(false) {
                    @Override
                    protected Http2Headers newHeaders() {
                        return new HeaderList();
                    }
                }.decodeHeaders(3, block);
        assertThat(Sections.lines(decoded)).isEqualTo(Sections.lines(list));
        assertThat(String.valueOf(decoded.path())).isEqualTo("/x");
    }
}
