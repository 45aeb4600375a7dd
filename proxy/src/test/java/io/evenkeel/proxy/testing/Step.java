package io.evenkeel.proxy.testing;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One thing an upstream does on a connection, by script. */
@FunctionalInterface
public interface Step {

    /** A small answer that keeps the connection open. */
    String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** Plays this step; an {@link IOException} ends the connection. */
    void play(UpstreamConnection connection) throws IOException, InterruptedException;

    /** This step and then that one. */
    default Step then(Step next) {
        return connection -> {
            play(connection);
            next.play(connection);
        };
    }

    /** Reads a whole request and answers it with these octets. */
    static Step answer(String response) {
        return readRequest().then(send(response));
    }

    /** Reads a whole request and answers it with {@link #OK}, or with its head alone where the request is HEAD. */
    static Step ok() {
        return readRequest().then(connection -> {
            boolean head = connection.lastRequest().method().equals("HEAD");
            connection.send(Wire.octets(head ? OK.substring(0, OK.length() - 2) : OK));
        });
    }

    /** Reads a whole request and answers it with its target as content, so that answers can be told apart. */
    static Step echoTarget() {
        return readRequest().then(connection -> {
            String target = connection.lastRequest().target();
            connection.send(Wire.octets("HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target));
        });
    }

    /** Reads a whole request, answers it with these octets and closes. */
    static Step answerAndClose(String response) {
        return answer(response).then(close());
    }

    /** Reads head and content of one request. */
    static Step readRequest() {
        return readHead().then(readBody());
    }

    /** Reads the head of one request. */
    static Step readHead() {
        return UpstreamConnection::readHead;
    }

    /** Reads the content of the request whose head was read. */
    static Step readBody() {
        return UpstreamConnection::readBody;
    }

    /** Reads a whole request and switches to this protocol. */
    static Step switchTo(String protocol) {
        return answer("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol
                + "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    }

    /** Reads a whole request and opens the WebSocket that it asks for, as RFC 6455 §4.2.2 has it. */
    static Step openWebSocket() {
        return readRequest().then(connection -> {
            String key = connection.lastRequest().fields().joined("Sec-WebSocket-Key");
            connection.send(Wire.octets("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket"
                    + "\r\nSec-WebSocket-Accept: " + Wire.webSocketAccept(key) + "\r\n\r\n"));
        });
    }

    /** Sends back what comes, until the peer ends its sending; then ends its own. */
    static Step echo() {
        Step all = UpstreamConnection::echo;
        return all.then(close());
    }

    /** Sends FIN, and lets the script go on. */
    static Step shutdownOutput() {
        return UpstreamConnection::shutdownOutput;
    }

    /** Reads until this many octets have come in all. */
    static Step readOctets(int count) {
        return connection -> connection.readOctets(count);
    }

    /** Writes this Latin-1 text in one write. */
    static Step send(String text) {
        return connection -> connection.send(Wire.octets(text));
    }

    /** Writes these octets in one write. */
    static Step send(byte[] octets) {
        return connection -> connection.send(octets);
    }

    /** Writes the text in two writes; the second only after the gate has been opened. */
    static Step sendSplit(String text, int cut, CountDownLatch gate) {
        return send(text.substring(0, cut)).then(await(gate)).then(send(text.substring(cut)));
    }

    /** Writes the text in two writes; the second only once the router has read the first. */
    static Step sendApart(String text, int cut) {
        return connection -> connection.sendApart(Wire.octets(text), cut);
    }

    /** Writes this many octets of {@link Wire#pattern} over and over, as content of any length. */
    static Step sendPattern(long length) {
        return connection -> {
            byte[] piece = Wire.pattern(1 << 16);
            for (long left = length; left > 0; left -= piece.length) {
                connection.send(left < piece.length ? Wire.slice(piece, 0, (int) left) : piece);
            }
        };
    }

    /** Stalls until the gate is opened. */
    static Step await(CountDownLatch gate) {
        return connection -> {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        };
    }

    /** Says that the script has come this far. */
    static Step signal(CountDownLatch gate) {
        return connection -> gate.countDown();
    }

    /** Stalls until the router closes the connection. */
    static Step untilClosed() {
        return UpstreamConnection::readUntilClosed;
    }

    /** Ends the connection with FIN. */
    static Step close() {
        return UpstreamConnection::close;
    }

    /** Sends FIN and goes on reading. */
    static Step halfClose() {
        return UpstreamConnection::halfClose;
    }

    /** Ends the connection with RST. */
    static Step reset() {
        return UpstreamConnection::reset;
    }
}
