package io.evenkeel.proxy.testing;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * One response as a client saw it.
 *
 * @param interim the 1xx responses before it, in order
 */
public record RawResponse(
        String version, int status, String reason, Fields fields, Body body, List<RawResponse> interim) {

    /** Reads interim responses and the final response to a request of this method (RFC 9112 §6.3). */
    static RawResponse read(MessageReader reader, String method) throws IOException {
        List<RawResponse> interim = new ArrayList<>();
        RawResponse response = readOne(reader, method);
        while (response.status < 200) {
            interim.add(response);
            response = readOne(reader, method);
        }
        return new RawResponse(
                response.version, response.status, response.reason, response.fields, response.body, interim);
    }

    static RawResponse readOne(MessageReader reader, String method) throws IOException {
        String line = reader.line();
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9] [\\t\\x20-\\x7e\\x80-\\xff]*")) {
            throw new ProtocolException("not a status line: " + Wire.visible(line));
        }
        int status = Integer.parseInt(line.substring(9, 12));
        Fields fields = reader.fields();
        Body body = body(reader, method, status, fields);
        return new RawResponse(line.substring(0, 8), status, line.substring(13), fields, body, List.of());
    }

    /** Whether the sender says that it closes the connection after this response (RFC 9112 §9.3). */
    public boolean saysClose() {
        boolean persistent = version.equals("HTTP/1.1") || fields.lists("Connection", "keep-alive");
        return fields.lists("Connection", "close") || !persistent;
    }

    private static Body body(MessageReader reader, String method, int status, Fields fields) throws IOException {
        boolean misplaced = status < 200 && fields.has("Content-Length");
        if (misplaced || fields.all("Content-Length").size() > 1) {
            throw new ProtocolException("misplaced Content-Length in " + fields);
        }
        if (fields.has("Transfer-Encoding") && fields.has("Content-Length")) {
            throw new ProtocolException("Content-Length beside Transfer-Encoding");
        }
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return reader.none();
        }
        if (fields.has("Transfer-Encoding")) {
            return chunked(reader, fields);
        }
        return fields.has("Content-Length")
                ? reader.length(Long.parseLong(fields.joined("Content-Length")))
                : reader.untilClose();
    }

    private static Body chunked(MessageReader reader, Fields fields) throws IOException {
        if (!fields.joined("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            throw new ProtocolException("Transfer-Encoding: " + fields.joined("Transfer-Encoding"));
        }
        return reader.chunked();
    }

    @Override
    public String toString() {
        return interim + version + " " + status + " " + reason + "\n" + fields + "\n" + body + ": "
                + Wire.visible(
                        body.text().substring(0, Math.min(400, body.text().length())));
    }
}
