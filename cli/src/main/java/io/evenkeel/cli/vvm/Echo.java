package io.evenkeel.cli.vvm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The JSON that tells a client who answered and what arrived. A header that came once is a string, one that came
 * several times an array, in the order of arrival and as it was spelled.
 */
final class Echo {

    private static final JsonFactory JSON = new JsonFactory();

    private static final Separators SEPARATORS =
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);

    private Echo() {}

    /** Writes the echo of a request into the buffer, which stays the caller's. */
    static void write(String vvm, String client, HttpRequest request, long bodyBytes, ByteBuf into) {
        try (JsonGenerator json = JSON.createGenerator((OutputStream) new ByteBufOutputStream(into))) {
            json.setPrettyPrinter(new DefaultPrettyPrinter(SEPARATORS));
            json.writeStartObject();
            json.writeStringField("vvm", vvm);
            json.writeStringField("client", client);
            json.writeStringField("method", request.method().name());
            writeTarget(json, request.uri());
            json.writeStringField("version", request.protocolVersion().text());
            writeHeaders(json, request.headers());
            json.writeNumberField("bodyBytes", bodyBytes);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer refused bytes", e);
        }
    }

    private static void writeTarget(JsonGenerator json, String target) throws IOException {
        int question = target.indexOf('?');
        json.writeStringField("path", question < 0 ? target : target.substring(0, question));
        if (question >= 0) {
            json.writeStringField("query", target.substring(question + 1));
        }
    }

    private static void writeHeaders(JsonGenerator json, HttpHeaders headers) throws IOException {
        json.writeObjectFieldStart("headers");
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : headers.names()) {
            if (seen.add(name)) {
                writeHeader(json, name, headers.getAll(name));
            }
        }
        json.writeEndObject();
    }

    private static void writeHeader(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeFieldName(name);
        if (values.size() == 1) {
            json.writeString(values.get(0));
            return;
        }
        json.writeStartArray();
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
