package io.evenkeel.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A proxy on a loopback port in front of a server of HTTP/1.1 that lies as a test tells it to. What it was asked is written down.
 *
 * <p><b>Threading.</b> A daemon thread for each connection; callable from any thread.
 */
public final class FaultyHttp implements AutoCloseable {

    private final ServerSocket listening;
    private final String target;
    private final Set<FaultyConnection> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger most = new AtomicInteger();

    /** What happens to requests; tests write, connections read. */
    private volatile Rule rule = new Rule(Fault.NONE, target -> true);

    /** How answers are spoilt. */
    public enum Fault {
        NONE,
        /** 500 with Consul's words. */
        STATUS_500,
        /** 429: asked too often. */
        STATUS_429,
        /** 503: too busy. */
        STATUS_503,
        /** The answer never comes, not even when the fault is over. */
        HANG,
        /** An octet of the answer every 100 ms. */
        DRIP,
        /** Half of the answer, then the connection ends. */
        TRUNCATED,
        /** The whole length, but the JSON breaks off in the middle. */
        BROKEN_JSON,
        /** Something that is no JSON, with status 200. */
        GARBAGE,
        /** RST instead of an answer. */
        RESET,
        /** An empty answer with index 1, as from a server without memory. */
        INDEX_RESET,
        /** The answer without its index. */
        NO_INDEX,
        /** An answer that does not end. */
        HUGE
    }

    private record Rule(Fault fault, Predicate<String> concerns) {}

    /** In front of {@code host:port}. */
    public FaultyHttp(String target) {
        this.target = target;
        try {
            this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Host and port to ask instead of the server. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Spoils every answer from now on, those of requests that wait included: they are answered at once. */
    public void fault(Fault fault) {
        fault(fault, request -> true);
    }

    /** Spoils the answers to these requests; {@code concerns} is shown path and query. */
    public void fault(Fault fault, Predicate<String> concerns) {
        rule = new Rule(fault, concerns);
        open.forEach(FaultyConnection::ruleChanged);
    }

    /** Resets all connections. */
    public void cut() {
        open.forEach(FaultyConnection::reset);
    }

    /** Path and query of each request so far. */
    public List<String> asked() {
        return asked;
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    /** How many were open at the same time at the most. */
    public int mostConnections() {
        return most.get();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    String target() {
        return target;
    }

    /** What happens to this request now. */
    Fault fault(String request) {
        Rule now = rule;
        return now.concerns().test(request) ? now.fault() : Fault.NONE;
    }

    void note(String request) {
        asked.add(request);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                FaultyConnection connection = new FaultyConnection(this, socket);
                open.add(connection);
                most.accumulateAndGet(open.size(), Math::max);
                daemon(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(FaultyConnection connection) {
        try {
            connection.serve();
        } finally {
            open.remove(connection);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-http");
        thread.setDaemon(true);
        thread.start();
    }
}
