package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.ReceiveQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** Moves bytes through sockets and knows what they must be. */
final class Bytes {

    private Bytes() {}

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends them in two pieces, the second once the router has read the first. */
    static void sendInTwo(Socket client, byte[] bytes, int cut) throws IOException {
        client.getOutputStream().write(bytes, 0, cut);
        ReceiveQueue.awaitRead(client.getPort(), client.getLocalPort());
        client.getOutputStream().write(bytes, cut, bytes.length - cut);
    }

    /** Something passes each way. */
    static void exchange(Socket client, Socket server) throws IOException {
        send(client, "ask");
        assertThat(read(server, 3)).isEqualTo("ask");
        send(server, "answer");
        assertThat(read(client, 6)).isEqualTo("answer");
    }

    /** Reads as many bytes as the text has, and returns them. */
    static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the peer ends its side. */
    static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Whether, after whatever it still sends, the peer ends the connection with RST rather than FIN. */
    static boolean isReset(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Whether the peer ends the connection, by FIN or RST, without having sent anything. */
    static boolean ends(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Ends the connection with RST. */
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends so many random bytes in pieces of random size, then ends that direction; the result is their checksum. */
    static CompletableFuture<Long> pump(Socket to, long count, long seed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return pumpNow(to, count, seed);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Bytes::run);
    }

    private static long pumpNow(Socket to, long count, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        CRC32C sum = new CRC32C();
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[256 * 1024];
        random.nextBytes(piece);
        for (long left = count; left > 0; ) {
            int size = (int) Math.min(left, 1 + random.nextInt(piece.length));
            piece[random.nextInt(size)]++;
            out.write(piece, 0, size);
            sum.update(piece, 0, size);
            left -= size;
        }
        to.shutdownOutput();
        return sum.getValue();
    }

    /** Reads to the end; the result is the checksum of what came, and −1 where it is not so many bytes. */
    static CompletableFuture<Long> drain(Socket from, long count) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return drainNow(from, count);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Bytes::run);
    }

    private static long drainNow(Socket from, long count) throws IOException {
        CRC32C sum = new CRC32C();
        InputStream in = from.getInputStream();
        byte[] piece = new byte[256 * 1024];
        long total = 0;
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
            sum.update(piece, 0, size);
            total += size;
        }
        return total == count ? sum.getValue() : -1;
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "tcp-bytes");
        thread.setDaemon(true);
        thread.start();
    }
}
