package io.evenkeel.proxy.testing;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request as the upstream received it, read strictly.
 *
 * <p><b>Threading.</b> Written by the connection's thread; any thread may read.
 */
public final class RecordedRequest {

    private final String head;
    private final String line;
    private final Fields fields;
    /** The content once all of it has come; published by the connection's thread. */
    private volatile @Nullable Body body;

    private RecordedRequest(String head, String line, Fields fields) {
        this.head = head;
        this.line = line;
        this.fields = fields;
    }

    static RecordedRequest readHead(MessageReader reader) throws IOException {
        reader.takeLines();
        String line = reader.line();
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !MessageReader.isToken(parts[0]) || !parts[2].equals("HTTP/1.1")) {
            throw new ProtocolException("not a request line: " + Wire.visible(line));
        }
        Fields fields = reader.fields();
        RecordedRequest request = new RecordedRequest(reader.takeLines(), line, fields);
        request.checkFraming();
        return request;
    }

    void readBody(MessageReader reader) throws IOException {
        if (fields.has("Transfer-Encoding")) {
            body = reader.chunked();
        } else if (fields.has("Content-Length")) {
            body = reader.length(Long.parseLong(fields.joined("Content-Length")));
        } else {
            body = reader.none();
        }
    }

    /** The head, octet for octet, with the empty line that ends it. */
    public String head() {
        return head;
    }

    /** The request line. */
    public String line() {
        return line;
    }

    public String method() {
        return line.substring(0, line.indexOf(' '));
    }

    public String target() {
        return line.split(" ", -1)[1];
    }

    public Fields fields() {
        return fields;
    }

    /** Whether head and content have come completely. */
    public boolean complete() {
        return body != null;
    }

    /** The content, empty while it is incomplete. */
    public Body body() {
        Body read = body;
        return read == null ? new Body(Body.Framing.NONE, 0, 0, "", new Fields(List.of())) : read;
    }

    private void checkFraming() throws ProtocolException {
        if (fields.all("Host").size() != 1) {
            throw new ProtocolException("Host fields: " + fields.all("Host"));
        }
        List<String> lengths = fields.all("Content-Length");
        List<String> codings = fields.all("Transfer-Encoding");
        boolean plainLength =
                lengths.isEmpty() || (lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,18}"));
        boolean plainCoding =
                codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"));
        if (!plainLength || !plainCoding || (!lengths.isEmpty() && !codings.isEmpty())) {
            throw new ProtocolException("ambiguous framing: " + fields);
        }
    }

    @Override
    public String toString() {
        return line + "\n" + fields + "\n" + body();
    }
}
