package io.evenkeel.discovery.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;

/**
 * Where a {@link FakeEngine} listens.
 *
 * @param engine as the configuration has it
 */
record FakeEngineSocket(String engine, Accepting accepting, Closeable server) {

    /** Waits for the next connection. */
    interface Accepting {
        Wire accept() throws IOException;
    }

    /** One connection; both directions may be used at a time. */
    record Wire(InputStream in, OutputStream out, Closeable socket) {

        static Wire of(Socket socket) throws IOException {
            return new Wire(socket.getInputStream(), socket.getOutputStream(), socket);
        }

        /** Java's own output stream of a channel waits for a read that is under way. */
        static Wire of(SocketChannel channel) {
            OutputStream out = new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
            };
            return new Wire(Channels.newInputStream(channel), out, channel);
        }
    }

    static FakeEngineSocket unix(Path file) throws IOException {
        Files.deleteIfExists(file);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file));
        return new FakeEngineSocket("unix:" + file, () -> Wire.of(server.accept()), server);
    }

    static FakeEngineSocket tcp() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        return new FakeEngineSocket("127.0.0.1:" + port, () -> Wire.of(server.accept()), server);
    }

    static FakeEngineSocket tls(TestCertificates certificates) throws IOException {
        SSLServerSocket server = (SSLServerSocket) certificates
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        return new FakeEngineSocket("127.0.0.1:" + server.getLocalPort(), () -> Wire.of(server.accept()), server);
    }
}
