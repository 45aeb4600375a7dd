package io.evenkeel.proxy.health;

import io.evenkeel.config.HeaderMatch;
import io.evenkeel.config.HttpCheckConfig;
import io.evenkeel.discovery.Literals;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** An HTTP check as configured: what is sent, and what must come back. Immutable. */
final class HttpCheck implements Check {

    /** Bytes: what an honest server needs for its status line and its fields. */
    private static final int MAX_LINE_BYTES = 4 * 1024;

    private static final int MAX_FIELDS_BYTES = 16 * 1024;

    private static final int MAX_CHUNK_BYTES = 8 * 1024;

    /** What passes where nothing is configured. */
    private static final List<String> GOOD = List.of("200-399");

    private final HttpCheckConfig config;
    private final List<String> statuses;
    private final String body;
    private final CheckTls tls;

    /** @throws IllegalArgumentException with one line if a certificate or key is none */
    HttpCheck(HttpCheckConfig config) {
        this.config = config;
        this.statuses = config.statuses().isEmpty() ? GOOD : config.statuses();
        this.body = new String(config.body().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        this.tls = CheckTls.of(config.tls(), config.host(), "health-check.http.tls");
    }

    @Override
    public CheckTls tls() {
        return tls;
    }

    @Override
    public void begin(ChannelPipeline pipeline, Question question, InetSocketAddress address) {
        pipeline.addLast(codec(), new HttpAnswer(question, this, request(address)));
    }

    private static HttpClientCodec codec() {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_FIELDS_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES);
        return new HttpClientCodec(limits, false, false);
    }

    /** What the body must contain, a character for each octet; empty: anything. */
    String body() {
        return body;
    }

    boolean passes(int status) {
        for (String range : statuses) {
            int least = Integer.parseInt(range.substring(0, 3));
            int most = Integer.parseInt(range.substring(range.length() - 3));
            if (least <= status && status <= most) {
                return true;
            }
        }
        return false;
    }

    /** The statuses that pass, as people write them. */
    String statuses() {
        return String.join(", ", statuses);
    }

    /** What the endpoint at this address is sent. */
    private FullHttpRequest request(InetSocketAddress address) {
        HttpMethod method = HttpMethod.valueOf(config.method().name());
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, config.path(), Unpooled.EMPTY_BUFFER);
        HttpHeaders fields = request.headers();
        fields.set(HttpHeaderNames.HOST, config.host().isEmpty() ? Literals.text(address) : config.host());
        fields.set(HttpHeaderNames.USER_AGENT, "evenkeel-health-check");
        for (HeaderMatch field : config.headers()) {
            fields.set(field.name(), field.value().orElse(""));
        }
        fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (!config.username().isEmpty()) {
            fields.set(HttpHeaderNames.AUTHORIZATION, "Basic " + credentials());
        }
        return request;
    }

    /** RFC 7617 §2. */
    private String credentials() {
        String password = config.password().map(secret -> secret.value()).orElse("");
        return Base64.getEncoder()
                .encodeToString((config.username() + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
