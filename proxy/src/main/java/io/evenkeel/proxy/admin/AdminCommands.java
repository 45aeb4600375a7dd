package io.evenkeel.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the admin endpoints that change something do. Stateless. */
final class AdminCommands {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^]]+)]|([^:]+)):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    private final AdminView view;

    AdminCommands(AdminView view) {
        this.view = view;
    }

    AdminResponse drain(QueryStringDecoder query) throws IOException {
        return drainOrNot(query, "drained", view::drain);
    }

    AdminResponse undrain(QueryStringDecoder query) throws IOException {
        return drainOrNot(query, "undrained", view::undrain);
    }

    AdminResponse reload() throws IOException {
        List<String> errors = view.reload();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("applied", errors.isEmpty());
            if (!errors.isEmpty()) {
                writeStrings(json, "errors", errors);
            }
            json.writeEndObject();
        }
        return AdminResponse.json(
                errors.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.UNPROCESSABLE_ENTITY, text.toString());
    }

    private static AdminResponse drainOrNot(
            QueryStringDecoder query, String done, BiFunction<InetSocketAddress, Optional<String>, List<String>> change)
            throws IOException {
        Map<String, List<String>> parameters = query.parameters();
        if (!List.of("endpoint", "upstream").containsAll(parameters.keySet())) {
            return AdminResponse.text(HttpResponseStatus.BAD_REQUEST, "the parameters are endpoint and upstream");
        }
        InetSocketAddress endpoint = address(only(parameters, "endpoint").orElse(""));
        if (endpoint == null) {
            return AdminResponse.text(
                    HttpResponseStatus.BAD_REQUEST,
                    "endpoint must be given once, as IP address and port: 10.0.0.1:8822");
        }
        List<String> upstreams = change.apply(endpoint, only(parameters, "upstream"));
        if (upstreams.isEmpty()) {
            return AdminResponse.text(HttpResponseStatus.NOT_FOUND, "no upstream has this endpoint");
        }
        return AdminResponse.json(HttpResponseStatus.OK, changed(done, endpoint, upstreams));
    }

    private static String changed(String done, InetSocketAddress endpoint, List<String> upstreams) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(done, NetUtil.toSocketAddressString(endpoint));
            writeStrings(json, "upstreams", upstreams);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeStrings(JsonGenerator json, String field, List<String> strings) throws IOException {
        json.writeArrayFieldStart(field);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    /** A parameter that was given exactly once. */
    private static Optional<String> only(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** Parses an IP literal and a port, never a name: an admin request must not make the router ask DNS. */
    private static @Nullable InetSocketAddress address(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        int port = Integer.parseInt(matcher.group(3));
        return address == null || port > LAST_PORT ? null : new InetSocketAddress(address, port);
    }
}
