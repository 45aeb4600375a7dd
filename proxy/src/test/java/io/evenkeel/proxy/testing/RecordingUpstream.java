package io.evenkeel.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 upstream on a port of its own that records the exact octets it receives and answers by script: correctly, late,
 * in pieces, wrongly or not at all.
 *
 * <p><b>Threading.</b> One thread per connection; all methods may be called from any thread.
 */
public final class RecordingUpstream implements AutoCloseable {

    /** Keeps dead addresses taken for as long as the tests run. */
    private static final Queue<Socket> DEAD = new ConcurrentLinkedQueue<>();

    private final ServerSocket server;
    private final List<UpstreamConnection> connections = new CopyOnWriteArrayList<>();
    private final Deque<Step> scripted = new ArrayDeque<>();
    private final List<Socket> fillers = new CopyOnWriteArrayList<>();
    private @Nullable Thread acceptor;
    private Step onAccept = connection -> {};
    private Step otherwise = Step.ok();

    private RecordingUpstream(ServerSocket server) {
        this.server = server;
    }

    /** Listens on a free port of the loopback interface and answers everything with {@link Step#OK}. */
    public static RecordingUpstream start() {
        try {
            ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
            RecordingUpstream upstream = new RecordingUpstream(server);
            upstream.acceptor = spawn("upstream-" + server.getLocalPort(), upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A loopback address that refuses connections: taken, so that nobody else can listen there, and never listened on. */
    public static InetSocketAddress deadAddress() {
        try {
            Socket taken = new Socket();
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            DEAD.add(taken);
            return (InetSocketAddress) taken.getLocalSocketAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A loopback address whose connection attempts are neither accepted nor refused, because its backlog is full. */
    public static RecordingUpstream thatNeverAccepts() {
        try {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            RecordingUpstream upstream = new RecordingUpstream(server);
            upstream.fillBacklog();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** The next requests, on whatever connection, are answered by these scripts in turn, and later ones as before. */
    public synchronized RecordingUpstream next(Step... answers) {
        scripted.addAll(Arrays.asList(answers));
        return this;
    }

    /** Every request without a script of its own is answered by this one. */
    public synchronized RecordingUpstream always(Step answer) {
        otherwise = answer;
        return this;
    }

    /** What happens on a new connection before its first request is read. */
    public synchronized RecordingUpstream onAccept(Step step) {
        onAccept = step;
        return this;
    }

    /** Forgets scripts and records; open connections stay open, with only their coming requests on record. */
    public synchronized void reset() {
        scripted.clear();
        onAccept = connection -> {};
        otherwise = Step.ok();
        connections.removeIf(UpstreamConnection::closed);
        connections.forEach(connection -> connection.requests().clear());
    }

    /** The connections accepted since the start, or open at the last {@link #reset}. */
    public List<UpstreamConnection> connections() {
        return connections;
    }

    /** Every request received, connection by connection. */
    public List<RecordedRequest> requests() {
        return connections.stream().flatMap(c -> c.requests().stream()).toList();
    }

    /** What the strict reader refused: empty unless the router has sent something that no sender may generate. */
    public List<String> violations() {
        return connections.stream()
                .map(UpstreamConnection::violation)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    /** Whether octets have arrived that no script has read yet. */
    public boolean hasUnread() {
        return connections.stream().anyMatch(UpstreamConnection::hasUnread);
    }

    /** Waits for the acceptor, because the kernel keeps a listening socket for as long as somebody is inside its accept. */
    @Override
    public void close() {
        try {
            server.close();
            if (acceptor != null) {
                acceptor.join();
            }
            for (Socket filler : fillers) {
                filler.close();
            }
            for (UpstreamConnection connection : connections) {
                connection.close();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fillBacklog() throws IOException {
        for (int i = 0; i < 16; i++) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(address(), 100);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("the backlog never filled");
    }

    private void accept() {
        while (!server.isClosed()) {
            UpstreamConnection connection = acceptOne();
            if (connection != null) {
                connections.add(connection);
                Step first = greeting();
                spawn("upstream-connection", () -> connection.run(first, this::answer));
            }
        }
    }

    private @Nullable UpstreamConnection acceptOne() {
        try {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            return new UpstreamConnection(socket);
        } catch (IOException closed) {
            return null;
        }
    }

    private synchronized Step greeting() {
        return onAccept;
    }

    private synchronized Step answer() {
        Step next = scripted.poll();
        return next == null ? otherwise : next;
    }

    private static Thread spawn(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
