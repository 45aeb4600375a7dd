package io.evenkeel.conformance;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A program with the class path of the CQL driver: uses Cassandra at a port of 127.0.0.1 and says what it did. It goes on asking until a file exists that its
 * second argument names, and then until it is as well off as before.
 */
final class CqlCases {

    private static final int CONNECTIONS = 8;

    /** Rows that are longer than any buffer on their way. */
    private static final int ROW_BYTES = 200_000;

    private static final int ROWS = 50;

    /** Answers in a row after which it is well. */
    private static final int CLEAR = 500;

    /** How long it may take until it is. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final CqlSession session;

    private CqlCases(CqlSession session) {
        this.session = session;
    }

    public static void main(String[] arguments) {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        Path killed = Path.of(arguments[1]);
        try (CqlSession session = CqlSession.builder()
                .addContactPoint(address)
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(config())
                .build()) {
            CqlCases cases = new CqlCases(session);
            cases.schema();
            cases.rows();
            cases.awaitConnections();
            System.out.println("waiting with " + cases.connections() + " connections");
            cases.askUntil(() -> Files.exists(killed));
            cases.awaitConnections();
            cases.recover();
        }
    }

    private static DriverConfigLoader config() {
        return DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(100))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, CONNECTIONS)
                .build();
    }

    private void schema() {
        session.execute(
                "CREATE KEYSPACE suite WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute("CREATE TABLE suite.blobs (id int PRIMARY KEY, sum bigint, value blob)");
        session.execute("ALTER TABLE suite.blobs ADD note text");
        check(session.refreshSchema()
                .getKeyspace("suite")
                .flatMap(keyspace -> keyspace.getTable("blobs"))
                .flatMap(table -> table.getColumn("note"))
                .isPresent());
        System.out.println("schema as made");
    }

    private void rows() {
        PreparedStatement insert = session.prepare("INSERT INTO suite.blobs (id, sum, value) VALUES (?, ?, ?)");
        PreparedStatement select = session.prepare("SELECT sum, value FROM suite.blobs WHERE id = ?");
        for (int id = 0; id < ROWS; id++) {
            byte[] value = new byte[ROW_BYTES];
            new SplittableRandom(id).nextBytes(value);
            ByteBuffer bytes = ByteBuffer.wrap(value);
            session.execute(insert.bind(id, (long) bytes.hashCode(), bytes));
        }
        for (int id = 0; id < ROWS; id++) {
            Row row = Objects.requireNonNull(session.execute(select.bind(id)).one());
            ByteBuffer value = Objects.requireNonNull(row.getByteBuffer("value"));
            check(value.remaining() == ROW_BYTES && value.hashCode() == row.getLong("sum"));
        }
        check(session.execute("SELECT id, value FROM suite.blobs").all().size() == ROWS);
        System.out.println(ROWS + " rows of " + ROW_BYTES + " bytes as written");
    }

    private int connections() {
        return session.getMetadata().getNodes().values().stream()
                .mapToInt(Node::getOpenConnections)
                .sum();
    }

    /** The pool's and the one for events. */
    private void awaitConnections() {
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        askUntil(() -> connections() == CONNECTIONS + 1 || System.nanoTime() - untilNanos > 0);
        check(connections() == CONNECTIONS + 1);
    }

    private void recover() {
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        for (int clear = 0; clear < CLEAR; clear = ask() ? clear + 1 : 0) {
            check(System.nanoTime() - untilNanos < 0);
        }
        System.out.println("recovered");
    }

    private void askUntil(BooleanSupplier end) {
        while (!end.getAsBoolean()) {
            ask();
        }
    }

    private boolean ask() {
        try {
            return session.execute("SELECT release_version FROM system.local").one() != null;
        } catch (DriverException lost) {
            return false;
        }
    }

    private static void check(boolean condition) {
        if (!condition) {
            throw new AssertionError("not as expected");
        }
    }
}
