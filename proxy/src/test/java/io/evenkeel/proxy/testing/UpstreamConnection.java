package io.evenkeel.proxy.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection that a {@link RecordingUpstream} has accepted: the octets received, the requests read, and what was wrong.
 *
 * <p><b>Threading.</b> Scripts run on the connection's own thread; the records may be read from any thread.
 */
public final class UpstreamConnection {

    private final Socket socket;
    private final ByteSource source;
    private final MessageReader reader;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    /** What was malformed, if anything; written by the connection's thread, read by the test. */
    private volatile @Nullable ProtocolException violation;
    /** Whether the peer has closed, as far as the script has read; written by the connection's thread. */
    private volatile boolean peerClosed;

    UpstreamConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.source = new ByteSource(socket.getInputStream());
        this.reader = new MessageReader(source);
    }

    void run(Step onAccept, Supplier<Step> answers) {
        try (socket) {
            onAccept.play(this);
            while (!socket.isClosed() && !socket.isOutputShutdown() && awaitRequest()) {
                answers.get().play(this);
            }
        } catch (ProtocolException malformed) {
            violation = malformed;
        } catch (EOFException closed) {
            peerClosed = true;
        } catch (IOException reset) {
            peerClosed = peerClosed || !socket.isClosed();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every octet received, exactly as it came. */
    public byte[] received() {
        return source.seen();
    }

    /** The requests whose heads have been read, in order. */
    public List<RecordedRequest> requests() {
        return requests;
    }

    /** Whether the router has closed this connection, or has been seen to. */
    public boolean closed() {
        return peerClosed || socket.isClosed();
    }

    /** Whether the router itself ended this connection. */
    public boolean closedByRouter() {
        return peerClosed;
    }

    @Nullable
    ProtocolException violation() {
        return violation;
    }

    boolean hasUnread() {
        try {
            return !socket.isClosed() && socket.getInputStream().available() > 0;
        } catch (IOException closed) {
            return false;
        }
    }

    void readHead() throws IOException {
        requests.add(RecordedRequest.readHead(reader));
    }

    void readBody() throws IOException {
        lastRequest().readBody(reader);
    }

    RecordedRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    void readOctets(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            source.take();
        }
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    void sendApart(byte[] octets, int cut) throws IOException {
        send(Wire.slice(octets, 0, cut));
        ReceiveQueue.awaitRead(socket.getPort(), socket.getLocalPort());
        send(Wire.slice(octets, cut, octets.length));
    }

    void readUntilClosed() throws IOException {
        while (true) {
            source.take();
        }
    }

    void echo() throws IOException {
        byte[] piece = new byte[16 * 1024];
        for (int count = source.take(piece, piece.length); count >= 0; count = source.take(piece, piece.length)) {
            socket.getOutputStream().write(piece, 0, count);
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
        readUntilClosed();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void close() throws IOException {
        socket.close();
    }

    private boolean awaitRequest() throws IOException {
        peerClosed = source.peek() < 0;
        return !peerClosed;
    }
}
