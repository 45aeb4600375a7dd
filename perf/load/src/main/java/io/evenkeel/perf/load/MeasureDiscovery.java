package io.evenkeel.perf.load;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a router that finds its endpoints in a Consul.
 *
 * <pre>
 * fill CONSUL-PORT UPSTREAMS ENDPOINTS          registers upstream-1 and so on, with so many endpoints each that are never asked
 * follow CONSUL-PORT ROUTER-PORT RATE CHANGES   milliseconds from Consul's word to the first and the last request
 * churn CONSUL-PORT ROUTER-PORT RATE ROUNDS SECONDS UPSTREAMS CHANGES-PER-SECOND
 *                                               latency through the router and directly to the endpoint, in turn without and with endpoints
 *                                               changing in other upstreams
 * </pre>
 */
final class MeasureDiscovery {

    private static final double AN_HOUR_OF_SECONDS = 3_600;
    private static final int CONNECTIONS = 16;
    private static final double WARM_UP_SECONDS = 60;
    private static final int NODES = 100;
    private static final long PATIENCE_SECONDS = 30;
    /** Silence after which an endpoint counts as no longer asked: many times what lies between two requests. */
    private static final long SILENCE_NANOS = 300_000_000;

    private final ConsulCatalog consul;
    private final String[] args;

    private MeasureDiscovery(String[] args) {
        this.args = args;
        this.consul = new ConsulCatalog(number(1));
    }

    public static void main(String[] args) throws Exception {
        MeasureDiscovery measure = new MeasureDiscovery(args);
        switch (args[0]) {
            case "fill" -> measure.fill();
            case "follow" -> measure.follow();
            case "churn" -> measure.churn();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private int number(int argument) {
        return Integer.parseInt(args[argument]);
    }

    private void fill() throws Exception {
        for (int node = 0; node < NODES; node++) {
            consul.makeNode(node);
        }
        for (int upstream = 1; upstream <= number(2); upstream++) {
            for (int endpoint = 1; endpoint <= number(3); endpoint++) {
                register(upstream, endpoint);
            }
        }
    }

    private void register(int upstream, int endpoint) throws IOException, InterruptedException {
        String service = "upstream-" + upstream;
        consul.register(
                node(upstream, endpoint),
                service,
                service + "-" + endpoint,
                Loopback.address(endpoint, 10_000 + upstream));
    }

    private static int node(int upstream, int endpoint) {
        return (upstream + endpoint * 31) % NODES;
    }

    /** Endpoints come and go one at a time beside one that stays. */
    private void follow() throws Exception {
        consul.makeNode(0);
        try (NamedEndpoint stays = new NamedEndpoint();
                NamedEndpoint changes = new NamedEndpoint();
                Client client = new Client("/")) {
            consul.register(0, "live", "stays", stays.address());
            Load load = new Load(client, number(2), number(3));
            await(() -> stays.asked() > 100);
            for (int change = 0; change < number(4); change++) {
                long before = changes.asked();
                long toldNanos = System.nanoTime();
                consul.register(0, "live", "changes", changes.address());
                await(() -> changes.asked() > before);
                print("comes", System.nanoTime() - toldNanos);
                toldNanos = System.nanoTime();
                consul.deregister(0, "changes");
                await(() -> System.nanoTime() - changes.lastAskedNanos() > SILENCE_NANOS);
                print("goes", changes.lastAskedNanos() - toldNanos);
            }
            System.out.println("errors\t" + load.end());
            consul.deregister(0, "stays");
        }
    }

    private static void print(String what, long nanos) {
        System.out.printf("%s\t%.1f%n", what, Math.max(0, nanos) / 1e6);
    }

    private void churn() throws Exception {
        consul.makeNode(0);
        try (NamedEndpoint stays = new NamedEndpoint();
                Client client = new Client("/")) {
            consul.register(0, "live", "stays", stays.address());
            warmUp(client);
            for (int round = 0; round < number(4); round++) {
                print("quiet", client, stays);
                try (Changes changes = new Changes()) {
                    print("changing", client, stays);
                    System.out.println("changes\t" + changes.made());
                }
            }
            consul.deregister(0, "stays");
        }
    }

    /** Both the way of the requests and the way of the changes, until the compiler has little left to do. */
    private void warmUp(Client client) throws Exception {
        try (Changes changes = new Changes()) {
            new Load(client, Plan.of(number(3), 0, WARM_UP_SECONDS), number(2)).outcome();
            changes.made();
        }
    }

    private void print(String period, Client client, NamedEndpoint endpoint) throws Exception {
        System.out.println(period + ", direct\t"
                + period(client, endpoint.address().getPort()).row());
        System.out.println(period + ", router\t" + period(client, number(2)).row());
    }

    private Outcome period(Client client, int port) throws Exception {
        return new Load(client, Plan.of(number(3), 0.5, number(5)), port).outcome();
    }

    private interface Condition {

        boolean holds();
    }

    private static void await(Condition condition) throws TimeoutException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new TimeoutException("the router did not follow within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(100_000);
        }
    }

    /** Requests at a constant rate to the router. */
    private static final class Load {

        private final ConstantRate rate;
        private final Connections connections;

        Load(Client client, int port, int perSecond) throws Exception {
            this(client, Plan.of(perSecond, 0, AN_HOUR_OF_SECONDS), port);
        }

        Load(Client client, Plan plan, int port) throws Exception {
            rate = new ConstantRate(client.loop(), plan, CONNECTIONS);
            connections = Connections.open(client, Loopback.address(1, port), rate, CONNECTIONS);
            client.loop().execute(rate::begin);
        }

        Outcome outcome() throws Exception {
            try (connections) {
                return rate.outcome().get();
            }
        }

        /** Ends it before its time; returns the errors so far. */
        long end() {
            long errors = rate.errors();
            connections.close();
            return errors;
        }
    }

    /** Endpoints of other upstreams that come and go at a constant rate. */
    private final class Changes implements AutoCloseable {

        private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong made = new AtomicLong();
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        Changes() {
            clock.scheduleAtFixedRate(this::change, 0, 1_000_000_000L / number(7), TimeUnit.NANOSECONDS);
        }

        /** Takes an endpoint out, and the next time back in. */
        private void change() {
            long turn = next.getAndIncrement();
            int upstream = (int) (turn / 2 % number(6)) + 1;
            try {
                if (turn % 2 == 0) {
                    consul.deregister(node(upstream, 1), "upstream-" + upstream + "-1");
                } else {
                    register(upstream, 1);
                }
                made.incrementAndGet();
            } catch (IOException | InterruptedException e) {
                failure.compareAndSet(null, e);
            }
        }

        long made() throws Exception {
            if (failure.get() != null) {
                throw failure.get();
            }
            return made.get();
        }

        /** No further change begins. */
        @Override
        public void close() {
            clock.shutdown();
        }
    }
}
