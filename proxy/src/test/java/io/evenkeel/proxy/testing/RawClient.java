package io.evenkeel.proxy.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A client that writes the octets it is told to, one TCP connection, and reads answers strictly. Not thread-safe. */
public final class RawClient implements AutoCloseable {

    /** How long an answer may take before the test fails. */
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final ByteSource source;
    private final MessageReader reader;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.source = new ByteSource(socket.getInputStream());
        this.reader = new MessageReader(source);
    }

    /** A client on a socket that is connected, such as one with TLS; closed with the client. */
    public static RawClient over(Socket connected) throws IOException {
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(PATIENCE_MILLIS);
        return new RawClient(connected);
    }

    /** Connects with the system's receive buffer. */
    public static RawClient connect(InetSocketAddress address) throws IOException {
        return connect(address, 0);
    }

    /** Connects with a receive buffer of this many bytes, so that the peer feels a slow reader soon; 0 leaves the system's. */
    public static RawClient connect(InetSocketAddress address, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(resolved(address), PATIENCE_MILLIS);
        return new RawClient(socket);
    }

    /** Writes these octets in one write. */
    public RawClient send(byte[] octets) throws IOException {
        out.write(octets);
        return this;
    }

    /** Writes this Latin-1 text in one write. */
    public RawClient send(String text) throws IOException {
        return send(Wire.octets(text));
    }

    /** Writes the text in two writes; the second only once the peer has read the first. */
    public RawClient sendApart(String text, int cut) throws IOException {
        send(text.substring(0, cut));
        ReceiveQueue.awaitRead(socket.getPort(), socket.getLocalPort());
        return sendWhilePeerListens(text.substring(cut));
    }

    /** Writes, and takes it as the peer's right to have closed already: a refusal may overtake the rest of a request. */
    public RawClient sendWhilePeerListens(String text) throws IOException {
        try {
            send(text);
        } catch (SocketException closedAlready) {
            return this;
        }
        return this;
    }

    /** Reads the whole response to a request of this method, with the interim responses before it. */
    public RawResponse read(String method) throws IOException {
        return RawResponse.read(reader, method);
    }

    /** Reads the response to a request that is not HEAD. */
    public RawResponse read() throws IOException {
        return read("GET");
    }

    /** Reads one response, interim or final. */
    public RawResponse readOne() throws IOException {
        return RawResponse.readOne(reader, "GET");
    }

    /** Reads a status line and fields and leaves the content unread. */
    public String readHead() throws IOException {
        return reader.line() + "\n" + reader.fields();
    }

    /** Takes exactly this many octets, whatever they are. */
    public byte[] take(int count) throws IOException {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) source.take();
        }
        return octets;
    }

    /** Takes what comes, at most this many octets, into {@code target}; −1 at the end. */
    public int take(byte[] target) throws IOException {
        return source.take(target, target.length);
    }

    /** Takes {@code count} octets of content. */
    public void skip(long count) throws IOException {
        reader.length(count);
    }

    /** Sends a request and reads its response. */
    public RawResponse exchange(String request) throws IOException {
        send(request);
        return read(request.startsWith("HEAD ") ? "HEAD" : "GET");
    }

    /** Whether the peer closes, by FIN or RST, without sending another octet. */
    public boolean peerCloses() throws IOException {
        try {
            return source.peek() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Whether the peer, before patience ends, answers or ends the connection; false if it leaves this client hanging. */
    public boolean endsOrAnswers() throws IOException {
        try {
            read();
        } catch (SocketTimeoutException hanging) {
            return false;
        } catch (EOFException | SocketException ended) {
            return true;
        }
        return true;
    }

    /** Everything that the peer still sends until it closes. */
    public byte[] readToEnd() throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        while (source.peek() >= 0) {
            all.write(source.take());
        }
        return all.toByteArray();
    }

    /** Whether, after whatever it still sends, the peer ends the connection with RST rather than FIN. */
    public boolean peerResets() throws IOException {
        try {
            while (source.peek() >= 0) {
                source.take();
            }
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Whether octets are waiting that nobody has read. */
    public boolean hasMore() throws IOException {
        return source.hasBuffered() || socket.getInputStream().available() > 0;
    }

    /** Sends FIN and goes on reading. */
    public RawClient halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends FIN, and takes it as the peer's right to have reset the connection already. */
    public RawClient halfCloseWhilePeerListens() throws IOException {
        try {
            return halfClose();
        } catch (SocketException resetAlready) {
            return this;
        }
    }

    /** Ends the connection with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Everything received so far. */
    public byte[] seen() {
        return source.seen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        boolean any = ip == null || ip.isAnyLocalAddress();
        return any ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()) : address;
    }
}
