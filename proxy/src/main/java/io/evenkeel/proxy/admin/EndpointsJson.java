package io.evenkeel.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.evenkeel.discovery.SourceStatus;
import io.evenkeel.proxy.telemetry.EndpointStatus;
import io.evenkeel.proxy.telemetry.LatencySummary;
import io.evenkeel.proxy.telemetry.UpstreamStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Renders {@code /endpoints}: every upstream with its latency, its sources and its endpoints. Stateless. */
final class EndpointsJson {

    private static final JsonFactory JSON = new JsonFactory();

    private EndpointsJson() {}

    static String render(List<UpstreamStatus> upstreams) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("upstreams");
            for (UpstreamStatus upstream : upstreams) {
                write(json, upstream);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, UpstreamStatus upstream) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", upstream.name());
        writeLatency(json, upstream.latency().orElse(null));
        json.writeArrayFieldStart("sources");
        for (SourceStatus source : upstream.sources()) {
            write(json, source);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("endpoints");
        for (EndpointStatus endpoint : upstream.endpoints()) {
            write(json, endpoint);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeLatency(JsonGenerator json, @Nullable LatencySummary latency) throws IOException {
        if (latency == null) {
            json.writeNullField("latency");
            return;
        }
        json.writeObjectFieldStart("latency");
        json.writeNumberField("count", latency.count());
        json.writeNumberField("p50_us", latency.p50Micros());
        json.writeNumberField("p90_us", latency.p90Micros());
        json.writeNumberField("p99_us", latency.p99Micros());
        json.writeNumberField("p999_us", latency.p999Micros());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SourceStatus source) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", source.name());
        json.writeStringField(
                "last_success", source.lastSuccess().map(Instant::toString).orElse(null));
        json.writeStringField("failure", source.failure().orElse(null));
        json.writeNumberField("failures", source.failures());
        json.writeNumberField("endpoints", source.endpoints());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, EndpointStatus endpoint) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", endpoint.address());
        json.writeStringField("node", endpoint.node().orElse(null));
        json.writeArrayFieldStart("sources");
        for (String source : endpoint.sources()) {
            json.writeString(source);
        }
        json.writeEndArray();
        json.writeStringField("health", endpoint.health().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("ejected", endpoint.ejected());
        json.writeBooleanField("draining", endpoint.draining());
        json.writeNumberField("weight", endpoint.weight());
        json.writeNumberField("in_flight", endpoint.inFlight());
        json.writeNumberField("requests", endpoint.requests());
        json.writeNumberField("failures", endpoint.failures());
        json.writeEndObject();
    }
}
