package io.evenkeel.proxy.http;

/** The plainest decoder of a chunked body there can be; fails on anything that is not canonical. */
final class Chunks {

    private Chunks() {}

    /** Takes apart a whole body that has no extensions, the trailers with their empty line. */
    static ChunkedReaderTest.Body decode(String wire) {
        StringBuilder payload = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = wire.indexOf("\r\n", at);
            int size = Integer.parseInt(wire.substring(at, lineEnd), 16);
            at = lineEnd + 2;
            if (size == 0) {
                return new ChunkedReaderTest.Body(wire, payload.toString(), wire.substring(at));
            }
            payload.append(wire, at, at + size);
            if (!wire.startsWith("\r\n", at + size)) {
                throw new AssertionError("no CRLF behind a chunk: " + wire);
            }
            at += size + 2;
        }
    }
}
