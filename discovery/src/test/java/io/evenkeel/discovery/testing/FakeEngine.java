package io.evenkeel.discovery.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine as far as its API 1.41 tells of Swarm, with lists that a test gives it, or that were recorded from a real one; and with
 * the moods that real ones have.
 *
 * <p><b>Threading.</b> Callable from any thread; a daemon thread for each connection.
 */
public final class FakeEngine implements AutoCloseable {

    /** How it answers. */
    public enum Mood {
        WELL,
        /** 500, as managers do that have lost their leader. */
        NO_LEADER,
        /** 503, as workers do. */
        NOT_A_MANAGER,
        /** Takes questions and never answers. */
        STALLED,
        /** Closes in the middle of an answer. */
        CUT_OFF,
        /** Answers something that is not JSON. */
        BABBLING
    }

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final FakeEngineSocket socket;
    private final Map<String, String> lists = new ConcurrentHashMap<>();
    private final List<String> forbidden = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<FakeEngineConnection> connections = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.WELL;

    private FakeEngine(FakeEngineSocket socket) {
        this.socket = socket;
        recorded("settled");
        lists.put("version", resource("version"));
        Thread acceptor = new Thread(this::accept, "fake-engine");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Listens on a socket file, which may be left over from another. */
    public static FakeEngine onUnixSocket(Path file) {
        try {
            return new FakeEngine(FakeEngineSocket.unix(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens on a free port of 127.0.0.1. */
    public static FakeEngine onTcp() {
        try {
            return new FakeEngine(FakeEngineSocket.tcp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens for TLS on a free port of 127.0.0.1, and wants to see a client's certificate. */
    public static FakeEngine onTls(TestCertificates certificates) {
        try {
            return new FakeEngine(FakeEngineSocket.tls(certificates));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, as the configuration has it. */
    public String engine() {
        return socket.engine();
    }

    /** Tells of a cluster from now on. */
    public FakeEngine shows(FakeSwarm swarm) {
        lists.put("nodes", swarm.nodes());
        lists.put("services", swarm.services());
        lists.put("tasks", swarm.tasks());
        return this;
    }

    /** Tells what a real engine told in this scene: {@code settled}, {@code scaling}, {@code updating} or {@code drained}. */
    public FakeEngine recorded(String scene) {
        for (String what : List.of("nodes", "services", "tasks")) {
            String name = scene + "-" + what;
            lists.put(what, resource(has(name) ? name : "settled-" + what));
        }
        return this;
    }

    /** Answers {@code /WHAT} with this text. */
    public void answers(String what, String json) {
        lists.put(what, json);
    }

    public void is(Mood now) {
        mood = now;
    }

    /** Answers 403 for {@code /WHAT}, as a socket proxy does. */
    public void forbids(String what) {
        forbidden.add(what);
    }

    /** Sends an event to everybody who listens. */
    public void announces(String event) {
        connections.forEach(connection -> connection.send(event));
    }

    /** Ends all connections that listen to events. */
    public void dropsStreams() {
        connections.stream().filter(FakeEngineConnection::streams).forEach(FakeEngineConnection::close);
    }

    public long streams() {
        return connections.stream().filter(FakeEngineConnection::streams).count();
    }

    /** The targets of all requests so far. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        try {
            socket.server().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(FakeEngineConnection::close);
    }

    Mood mood() {
        return mood;
    }

    boolean forbidden(String what) {
        return forbidden.contains(what);
    }

    void wasAsked(String target) {
        asked.add(target);
    }

    /** The body for {@code /WHAT?query}, or null if there is no such thing. */
    @Nullable
    String body(String what, String query) {
        String list = lists.get(what);
        return list != null && what.equals("tasks") && query.contains("desired-state") ? running(list) : list;
    }

    private static String running(String tasks) {
        try {
            JsonNode all = JSON.readTree(tasks);
            ArrayNode wanted = JSON.createArrayNode();
            for (JsonNode task : all) {
                if (task.path("DesiredState").asText().equals("running")) {
                    wanted.add(task);
                }
            }
            return all.isArray() ? wanted.toString() : tasks;
        } catch (IOException e) {
            return tasks; // a test wants to send nonsense
        }
    }

    private void accept() {
        try {
            while (true) {
                FakeEngineConnection connection =
                        new FakeEngineConnection(this, socket.accepting().accept(), connections::remove);
                connections.add(connection);
                connection.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static boolean has(String name) {
        return FakeEngine.class.getResource("swarm/" + name + ".json") != null;
    }

    private static String resource(String name) {
        try (InputStream in = FakeEngine.class.getResourceAsStream("swarm/" + name + ".json")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
