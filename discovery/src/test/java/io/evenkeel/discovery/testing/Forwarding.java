package io.evenkeel.discovery.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes the requests of one connection to a {@link FaultyHttp} on and waits for the answers, as long as the client does.
 *
 * <p><b>Threading.</b> Confined to the connection's thread, but for {@link #giveUp}.
 */
final class Forwarding {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long LOOK_MILLIS = 50;

    private final String target;
    private final Socket socket;
    private final PushbackInputStream in;

    /** The answer that is waited for; {@link #giveUp} ends the wait. */
    private volatile CompletableFuture<RawAnswer> waiting = CompletableFuture.completedFuture(RawAnswer.NONE);

    Forwarding(String target, Socket socket) throws IOException {
        this.target = target;
        this.socket = socket;
        this.in = new PushbackInputStream(socket.getInputStream());
    }

    /** What the client sends. */
    InputStream input() {
        return in;
    }

    /** Makes whoever waits for an answer hear that there is none. */
    void giveUp() {
        waiting.complete(RawAnswer.NONE);
    }

    /** The server's answer, or none when somebody gave up before it came. */
    RawAnswer answer(RawRequest request) throws IOException {
        CompletableFuture<RawAnswer> wait = new CompletableFuture<>();
        waiting = wait;
        CompletableFuture<HttpResponse<String>> asking =
                CLIENT.sendAsync(request.to(target), HttpResponse.BodyHandlers.ofString());
        asking.whenComplete((response, failure) -> {
            if (failure != null) {
                wait.completeExceptionally(failure);
            } else {
                wait.complete(RawAnswer.of(response));
            }
        });
        try {
            return await(wait);
        } finally {
            asking.cancel(true);
        }
    }

    /** Looks meanwhile whether the client is still there. */
    private RawAnswer await(CompletableFuture<RawAnswer> wait) throws IOException {
        while (true) {
            try {
                return wait.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                failIfGone();
            } catch (ExecutionException | InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private void failIfGone() throws IOException {
        socket.setSoTimeout(1);
        try {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            in.unread(octet);
        } catch (SocketTimeoutException stillThere) {
            return;
        } finally {
            socket.setSoTimeout(0);
        }
    }
}
