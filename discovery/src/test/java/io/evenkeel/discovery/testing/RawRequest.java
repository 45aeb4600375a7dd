package io.evenkeel.discovery.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request of HTTP/1.1 as a {@link FaultyHttp} received it. Immutable.
 *
 * @param target path and query
 */
record RawRequest(String method, String target, List<String> fields, String body) {

    private static final List<String> HOP = List.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "accept-encoding");
    private static final int MAX_HEAD = 64 << 10;

    /** The next one; empty at the end of the stream. */
    static Optional<RawRequest> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>(head(in).lines().toList());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String[] first = lines.remove(0).split(" ", 3);
        String body = new String(in.readNBytes(length(lines)), StandardCharsets.UTF_8);
        return Optional.of(new RawRequest(first[0], first[1], List.copyOf(lines), body));
    }

    /** The same question, but answered at once. */
    RawRequest withoutWaiting() {
        return new RawRequest(method, target.replaceAll("(?<=[?&])(index|wait)=[^&]*&?", ""), fields, body);
    }

    /** The same for another server, without what concerns one connection only. */
    HttpRequest to(String server) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://" + server + target))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (String field : fields) {
            String[] parts = field.split(":", 2);
            if (!HOP.contains(parts[0].toLowerCase(Locale.ROOT))) {
                builder.header(parts[0], parts[1].strip());
            }
        }
        return builder.build();
    }

    private static int length(List<String> fields) {
        return fields.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    /** Up to the empty line; empty at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int end = 0; // how much of CR LF CR LF was seen
        for (int octet = in.read(); octet >= 0 && read.size() < MAX_HEAD; octet = in.read()) {
            read.write(octet);
            end = octet == "\r\n\r\n".charAt(end) ? end + 1 : octet == '\r' ? 1 : 0;
            if (end == 4) {
                return read.toString(StandardCharsets.ISO_8859_1).strip();
            }
        }
        return "";
    }
}
