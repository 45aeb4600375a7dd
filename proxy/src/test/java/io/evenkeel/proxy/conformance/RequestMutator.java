package io.evenkeel.proxy.conformance;

import java.util.List;
import java.util.Random;

/** Makes requests that are mostly nearly right: a valid one with a few seeded changes where parsers tend to disagree. */
final class RequestMutator {

    private static final List<String> SEEDS = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a?b HTTP/1.1\r\nHost: a\r\nX: y\r\nConnection: keep-alive\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n",
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            ":",
            ",",
            ";",
            "\u0000",
            "\u000b",
            "\u007f",
            "\u00e4",
            "\"",
            "\\",
            "%",
            "\r\n ",
            "\r\n\r\n",
            "0",
            "5",
            "-",
            "+",
            "0x",
            "ffffffffffffffff",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Host: b\r\n",
            "Host: a",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "chunked",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "GET ",
            "/",
            "0\r\n\r\n",
            " HTTP/1.1\r\n");

    private final Random random;

    RequestMutator(long seed) {
        random = new Random(seed);
    }

    String next() {
        StringBuilder request = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            change(request);
        }
        return request.toString();
    }

    private void change(StringBuilder request) {
        int at = random.nextInt(request.length() + 1);
        int end = Math.min(request.length(), at + 1 + random.nextInt(4));
        switch (random.nextInt(6)) {
            case 0 -> request.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> request.insert(lineStart(request, at), PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> request.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> request.delete(at, end);
            case 4 -> request.insert(at, request.substring(at, end));
            default -> request.insert(at, (char) random.nextInt(256));
        }
    }

    private static int lineStart(StringBuilder request, int at) {
        return request.lastIndexOf("\n", at) + 1;
    }
}
