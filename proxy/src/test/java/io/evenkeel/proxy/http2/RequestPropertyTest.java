package io.evenkeel.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.Heads;
import io.evenkeel.proxy.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever an HTTP/2 client sends, what is written is nothing, or one whole head that says the same: method, path, authority and fields. A failure
 * prints the seed; {@code -Devenkeel.fuzz.seed=…} runs it again and {@code -Devenkeel.fuzz.cases=…} runs longer.
 */
class RequestPropertyTest {

    private static final long SEED = Long.getLong("evenkeel.fuzz.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("evenkeel.fuzz.cases", 100_000);
    private static final RequestHead.Limits LIMITS = new RequestHead.Limits(16 * 1024, 100, 8 * 1024);

    private static final String[] METHODS = {"GET", "POST", "HEAD", "PUT", "OPTIONS", "PURGE", "CONNECT", "TRACE"};
    private static final String[] PATHS = {
        "/", "/a/b?c=d", "*", "/a/../b", "/%2e%2e/", "http://b/", "/a%2Fb", "//", "/?"
    };
    private static final String[] AUTHORITIES = {"a", "a.example:8080", "[::1]", "a:b", "u@a", "a,b", "A"};
    private static final String[] NAMES = {
        "accept",
        "x-a",
        "host",
        "cookie",
        "te",
        "content-length",
        "transfer-encoding",
        "connection",
        "expect",
        "via",
        "upgrade",
        "http2-settings",
        "range",
        ":path",
        "trailer",
        "x-forwarded-for",
        "content-type"
    };
    private static final String[] VALUES = {
        "",
        "a",
        "a b",
        "trailers",
        "chunked",
        "0",
        "7",
        "close",
        "100-continue",
        "websocket",
        "a=b",
        "\u00e9",
        "a,b",
        "a\tb"
    };
    private static final String[] HOSTILE = {
        "\0",
        "\r",
        "\n",
        "\r\n",
        "\r\n\r\n",
        "\r\nx: y",
        " ",
        "\t",
        ":",
        "#",
        "?",
        "\u007f",
        "\u0080",
        "\u00ff",
        "A",
        "/",
        "..",
        "%",
        "%00",
        ",",
        ";"
    };

    private final Random random = new Random(SEED);
    private final RequestToOctets writer = new RequestToOctets();
    private final RequestHead head = new RequestHead(64 * 1024, 500);

    @Test
    void whatIsWrittenIsNothingOrTheSameRequest() {
        int written = 0;
        int served = 0;
        for (int i = 0; i < CASES; i++) {
            HeaderList from = section();
            boolean ends = random.nextBoolean();
            ByteBuf octets = writer.write(from, ends, Schemes.HTTPS, ByteBufAllocator.DEFAULT);
            if (octets != null) {
                written++;
                served += agrees(from, octets, ends) ? 1 : 0;
                octets.release();
            }
        }
        assertThat(written).as("requests written of %d", CASES).isGreaterThan(CASES / 20);
        assertThat(served).as("requests that may be served of %d", written).isGreaterThan(written / 4);
    }

    private boolean agrees(HeaderList from, ByteBuf octets, boolean ends) {
        HeadVerdict verdict = head.read(octets, LIMITS);
        String what = "seed " + SEED + ": " + Sections.lines(from);
        assertThat(verdict).as(what).isNotEqualTo(HeadVerdict.INCOMPLETE);
        if (verdict != HeadVerdict.COMPLETE) {
            return false;
        }
        assertThat(head.length()).as(what).isEqualTo(octets.readableBytes());
        assertThat(text(head.methodStart(), head.methodEnd())).as(what).isEqualTo(value(from, ":method"));
        assertThat(text(head.target().start(), head.target().end())).as(what).isEqualTo(value(from, ":path"));
        String authority = value(from, ":authority") == null ? value(from, "host") : value(from, ":authority");
        assertThat(text(head.target().authorityStart(), head.target().authorityEnd()))
                .as(what)
                .isEqualTo(authority);
        assertThat(head.target().absolute()).as(what).isFalse();
        assertThat(head.keepAlive()).as(what).isTrue();
        assertThat(fields()).as(what).isEqualTo(expected(from, ends));
        return true;
    }

    private List<String> fields() {
        FieldTable fields = head.fields();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            lines.add(text(fields.start(i), fields.nameEnd(i)) + ": " + text(fields.valueStart(i), fields.valueEnd(i)));
        }
        return lines;
    }

    /** By other means than the writer's: host first, cookies and framing last. */
    private static List<String> expected(HeaderList from, boolean ends) {
        List<String> lines = new ArrayList<>();
        List<String> cookies = new ArrayList<>();
        boolean host = value(from, ":authority") != null;
        if (host) {
            lines.add("host: " + value(from, ":authority"));
        }
        for (String line : Sections.lines(from)) {
            if (line.startsWith("cookie: ")) {
                String crumb = line.substring("cookie: ".length());
                cookies.addAll(crumb.isEmpty() ? List.of() : List.of(crumb));
            } else if (!line.startsWith(":") && !(host && line.startsWith("host: "))) {
                lines.add(line);
            }
        }
        if (!cookies.isEmpty()) {
            lines.add("cookie: " + String.join("; ", cookies));
        }
        String method = String.valueOf(value(from, ":method"));
        if (value(from, "content-length") == null && !ends) {
            lines.add("transfer-encoding: chunked");
        } else if (value(from, "content-length") == null
                && List.of("POST", "PUT", "PATCH").contains(method)) {
            lines.add("content-length: 0");
        }
        return lines;
    }

    private static @org.jspecify.annotations.Nullable String value(HeaderList from, String name) {
        CharSequence value = from.get(name);
        return value == null ? null : Sections.string((io.netty.util.AsciiString) value);
    }

    private String text(int start, int end) {
        return Heads.text(head.bytes(), start, end);
    }

    private HeaderList section() {
        HeaderList list = new HeaderList();
        pseudo(list, ":method", METHODS);
        pseudo(list, ":scheme", new String[] {"https"});
        pseudo(list, ":authority", AUTHORITIES);
        pseudo(list, ":path", PATHS);
        for (int i = random.nextInt(6); i > 0; i--) {
            list.add(Sections.text(spoiled(one(NAMES))), Sections.text(spoiled(one(VALUES))));
        }
        return list;
    }

    private void pseudo(HeaderList list, String name, String[] values) {
        if (random.nextInt(40) > 0) {
            list.add(Sections.text(name), Sections.text(spoiled(one(values))));
        }
        if (random.nextInt(80) == 0) {
            list.add(Sections.text(name), Sections.text(one(values)));
        }
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }

    /** Mostly as it is; else with something inserted, or in upper case. */
    private String spoiled(String text) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(30)) {
            case 0 -> text.substring(0, at) + one(HOSTILE) + text.substring(at);
            case 1 -> text.toUpperCase(Locale.ROOT);
            default -> text;
        };
    }
}
