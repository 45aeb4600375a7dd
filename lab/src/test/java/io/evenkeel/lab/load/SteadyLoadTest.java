package io.evenkeel.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.lab.load.SteadyLoad.Router;
import io.evenkeel.lab.record.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SteadyLoadTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Set<Integer> clients = ConcurrentHashMap.newKeySet();

    @org.jspecify.annotations.Nullable
    private volatile HttpServer server;

    private Router router = new Router("", HERE, HERE);

    @BeforeEach
    void start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        started.setExecutor(Executors.newCachedThreadPool());
        started.createContext("/", exchange -> {
            clients.add(exchange.getRemoteAddress().getPort());
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "ok".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("x-vvm", "v1");
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        started.start();
        server = started;
        router = new Router("n1", started.getAddress(), HERE);
    }

    @AfterEach
    void stop() {
        HttpServer started = server;
        if (started != null) {
            started.stop(0);
        }
    }

    @Test
    void everyKindIsSentAndEveryAnswerIsRecorded() {
        try (SteadyLoad load = new SteadyLoad(100, () -> List.of(router), outcomes::add)) {
            load.begin();
            await().until(() -> outcomes.size() >= 100);
        }
        assertThat(outcomes).extracting(Outcome::kind).contains("get", "slow", "post");
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.kind().equals("get"))
                .allMatch(outcome -> outcome.good() && outcome.vvm().equals("v1"));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.kind().equals("post"))
                .extracting(Outcome::failure)
                .containsOnly("status 503");
    }

    @Test
    void connectionsAreKept() {
        try (SteadyLoad load = new SteadyLoad(100, () -> List.of(router), outcomes::add)) {
            load.begin();
            await().until(() -> outcomes.size() >= 150);
        }
        assertThat(clients).hasSizeLessThan(outcomes.size() / 2);
    }

    @Test
    void whereNobodyListensRequestsFail() {
        Router nobody = new Router("n2", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), HERE);
        try (SteadyLoad load = new SteadyLoad(100, () -> List.of(nobody), outcomes::add)) {
            load.begin();
            await().until(() -> outcomes.size() >= 3);
        }
        assertThat(outcomes).extracting(Outcome::failure).containsOnly("no connection");
        assertThat(outcomes).extracting(Outcome::router).containsOnly("n2");
    }
}
