package io.evenkeel.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Ejection;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.SourceStatus;
import io.evenkeel.discovery.Voucher;
import io.evenkeel.proxy.telemetry.DrainStatus;
import io.evenkeel.proxy.telemetry.EndpointStatus;
import io.evenkeel.proxy.telemetry.LatencySummary;
import io.evenkeel.proxy.telemetry.UpstreamStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Renders {@code /endpoints}: every upstream with its latency, its sources, its endpoints and those that are kept out. Stateless. */
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
        json.writeBooleanField("panicking", upstream.panicking());
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
        json.writeArrayFieldStart("rejected");
        for (RejectedEndpoint rejected : upstream.rejected()) {
            write(json, rejected);
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
        json.writeBooleanField("stale", source.stale());
        json.writeStringField("held", source.held().orElse(null));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, EndpointStatus endpoint) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", endpoint.address());
        writeReported(json, endpoint.reported());
        writeStanding(json, endpoint.standing());
        writeDrain(json, endpoint.drain());
        json.writeBooleanField("departed", endpoint.departed());
        json.writeNumberField("in_flight", endpoint.inFlight());
        json.writeNumberField("requests", endpoint.requests());
        json.writeNumberField("failures", endpoint.failures());
        if (endpoint.limit().isPresent()) {
            json.writeNumberField("limit", endpoint.limit().getAsInt());
        } else {
            json.writeNullField("limit");
        }
        json.writeEndObject();
    }

    private static void writeDrain(JsonGenerator json, DrainStatus drain) throws IOException {
        json.writeBooleanField("draining", drain.on());
        json.writeArrayFieldStart("drained_by");
        for (String who : drain.by()) {
            json.writeString(who);
        }
        json.writeEndArray();
        json.writeStringField(
                "drain_deadline", drain.deadline().map(Instant::toString).orElse(null));
    }

    private static void writeStanding(JsonGenerator json, Standing standing) throws IOException {
        Ejection ejection = standing.ejection().orElse(null);
        json.writeStringField("health", label(standing.health()));
        json.writeStringField("health_detail", standing.detail());
        json.writeNumberField("phi", standing.phi());
        json.writeNumberField("weight_percent", standing.weightPercent());
        json.writeBooleanField("ejected", ejection != null);
        json.writeStringField("ejected_for", ejection == null ? null : ejection.reason());
        json.writeStringField(
                "ejected_until", ejection == null ? null : ejection.until().toString());
    }

    private static void write(JsonGenerator json, RejectedEndpoint rejected) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", Literals.text(rejected.endpoint().address()));
        json.writeStringField("cause", label(rejected.cause()));
        json.writeStringField("reason", rejected.reason());
        writeReported(json, rejected.endpoint());
        json.writeEndObject();
    }

    private static void writeReported(JsonGenerator json, MergedEndpoint reported) throws IOException {
        json.writeStringField("node", reported.node().orElse(null));
        json.writeNumberField("weight", reported.weight());
        writeTags(json, reported.tags());
        json.writeArrayFieldStart("sources");
        for (String source : reported.sources()) {
            json.writeString(source);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("vouchers");
        for (Voucher voucher : reported.vouchers()) {
            write(json, voucher);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Voucher voucher) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", voucher.source());
        json.writeStringField("since", voucher.since().toString());
        json.writeBooleanField("stale", voucher.stale());
        json.writeStringField("node", voucher.says().node().orElse(null));
        writeTags(json, voucher.says().tags());
        json.writeNumberField("weight", voucher.says().weight());
        json.writeStringField("health", label(voucher.says().health()));
        json.writeEndObject();
    }

    /** In alphabetical order, so that two answers can be compared. */
    private static void writeTags(JsonGenerator json, Map<String, String> tags) throws IOException {
        json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
            json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
