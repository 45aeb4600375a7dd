package io.evenkeel.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.events.NumberedEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;

/**
 * The pieces of an event stream as text. Stateless.
 *
 * <p><b>Spec.</b> WHATWG HTML, section 9.2, "Server-sent events".
 */
final class ServerSentEvent {

    /** A comment, which keeps the connection from looking idle. */
    static final String HEARTBEAT = ": alive\n\n";

    /** Says that events are missing before those that follow. */
    static final String GAP =
            "event: gap\ndata: {\"reason\":\"what happened since the event you know is not all known any more\"}\n\n";

    /** How long a browser waits before it connects again. */
    private static final int RETRY_MILLIS = 2_000;

    private static final JsonFactory JSON = new JsonFactory();

    private ServerSentEvent() {}

    /** What comes first: no event, but the id to resume from until there is one. */
    static String beginning(String since) {
        return ": evenkeel events\nretry: " + RETRY_MILLIS + "\nid: " + since + "\n\n";
    }

    static String of(NumberedEvent numbered) {
        DiscoveryEvent event = numbered.event();
        return "id: " + numbered.id() + "\nevent: " + event.kind().label() + "\ndata: " + json(event) + "\n\n";
    }

    /** On one line, because JSON has no line breaks of its own and those in texts are escaped. */
    private static String json(DiscoveryEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(
                    "at", event.at().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("kind", event.kind().label());
            write(json, "upstream", event.upstream());
            write(json, "endpoint", event.endpoint());
            write(json, "node", event.node());
            write(json, "source", event.source());
            write(json, "reason", event.reason());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
