package io.evenkeel.proxy.live;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that opens a notification channel and keeps its stream open. */
final class EventStreamClient implements AutoCloseable {

    private final Socket socket;
    private final String channel;

    EventStreamClient(InetSocketAddress router) throws IOException {
        socket = new Socket(router.getAddress(), router.getPort());
        socket.getOutputStream()
                .write("POST /api/v2/notifications HTTP/1.1\r\nHost: live\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        channel = firstData();
    }

    private String firstData() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new EOFException("no event came");
    }

    /** The channel's name, as the first event told it. */
    String channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
