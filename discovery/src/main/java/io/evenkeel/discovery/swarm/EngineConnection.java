package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.tls.PemTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * One engine and the version of its API that was agreed on. After a failure it is of no more use.
 *
 * <p><b>Threading.</b> One question at a time; {@link #close} may come from any thread and ends the one that is under way.
 */
final class EngineConnection implements AutoCloseable {

    private final String engine;
    private final Duration timeout;
    private final DockerHttpClient http;
    private String prefix = "";

    /** Whether it is of no more use; whoever closes writes, the asking thread reads. */
    private volatile boolean closed;

    private EngineConnection(String engine, Duration timeout, DockerHttpClient http) {
        this.engine = engine;
        this.timeout = timeout;
        this.http = http;
    }

    /** Agrees with an engine on a version. */
    static EngineConnection open(String engine, SwarmConfig config) {
        EngineConnection connection = new EngineConnection(engine, config.timeout(), http(engine, config));
        try {
            connection.prefix = "/v" + connection.get("/version", ApiVersion::agreed);
            return connection;
        } catch (EngineFailure e) {
            connection.close();
            throw e;
        }
    }

    /** What the engine answers to GET, whole, within the time-out; an answer that cannot be read is a failure like any other. */
    <T> T get(String path, Function<JsonNode, T> read) {
        return exchange(get(path), read);
    }

    /** What the engine answers to POST, as with {@link #get}; after a failure nobody knows whether it did what was asked. */
    JsonNode post(String path, JsonNode body) {
        Request request = Request.builder()
                .method(Method.POST)
                .path(prefix + path)
                .putHeader("Content-Type", "application/json")
                .bodyBytes(body.toString().getBytes(StandardCharsets.UTF_8))
                .build();
        return exchange(request, answer -> answer);
    }

    private <T> T exchange(Request request, Function<JsonNode, T> read) {
        try (Deadline deadline = new Deadline(timeout, this::close)) {
            try (EngineAnswer answer = ask(request)) {
                return read.apply(answer.json());
            } catch (IOException | RuntimeException e) {
                throw deadline.passed() ? late(request) : failed(request, e);
            }
        }
    }

    /**
     * Hears values out of an answer that goes on for as long as the engine likes. Returns at the end of its life.
     *
     * @param life after this time it ends, so that a connection that died without a word is not listened to for ever
     */
    void follow(String path, Duration life, EngineEvents events) {
        Request request = get(path);
        try (EngineAnswer answer = opened(request);
                Deadline end = new Deadline(life, this::close)) {
            try (JsonParser values = answer.values()) {
                events.onOpen();
                while (values.nextToken() != null) {
                    values.skipChildren();
                    events.onEvent();
                }
                throw new EngineFailure("the engine ended it");
            } catch (IOException | RuntimeException e) {
                if (!end.passed()) {
                    throw failed(request, e);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            http.close();
        } catch (IOException | RuntimeException e) {
            // whatever it says, nobody uses it any more
        }
    }

    boolean closed() {
        return closed;
    }

    private EngineAnswer opened(Request request) {
        try (Deadline deadline = new Deadline(timeout, this::close)) {
            try {
                return ask(request);
            } catch (RuntimeException e) {
                throw deadline.passed() ? late(request) : failed(request, e);
            }
        }
    }

    private Request get(String path) {
        return Request.builder().method(Method.GET).path(prefix + path).build();
    }

    private EngineAnswer ask(Request request) {
        EngineAnswer answer = new EngineAnswer(http.execute(request));
        if (answer.refused()) {
            try (answer) {
                throw new EngineFailure(answer.refusal());
            }
        }
        return answer;
    }

    private EngineFailure late(Request request) {
        return new EngineFailure(asked(request) + ": no answer within " + timeout.toMillis() + " ms");
    }

    private EngineFailure failed(Request request, Throwable thrown) {
        return new EngineFailure(asked(request) + ": " + InnermostCause.message(thrown));
    }

    private String asked(Request request) {
        String path = request.path();
        int query = path.indexOf('?');
        return engine + ": " + request.method() + " " + (query < 0 ? path : path.substring(0, query));
    }

    private static SSLContext tls(String engine, SwarmConfig config) {
        try {
            return PemTls.of(config.tls(), "discovery.swarm.tls").context();
        } catch (IllegalArgumentException e) {
            throw new EngineFailure(engine + ": " + e.getMessage());
        }
    }

    private static DockerHttpClient http(String engine, SwarmConfig config) {
        boolean plain = EngineAddress.isUnix(engine) || !config.tls().enabled();
        SSLContext tls = plain ? null : tls(engine, config);
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(EngineAddress.of(engine))
                .sslConfig(tls == null ? null : () -> tls)
                .maxConnections(1)
                .connectionTimeout(config.timeout())
                .build();
    }
}
