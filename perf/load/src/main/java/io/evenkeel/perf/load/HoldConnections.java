package io.evenkeel.perf.load;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/**
 * Opens connections to a server, has one request answered on each, or a WebSocket opened, and keeps them open and idle until it is killed.
 *
 * <pre>HoldConnections PATH PORT COUNT FIRST-SOURCE [websocket]</pre>
 *
 * <p>They come from 127.0.0.FIRST-SOURCE and the 15 addresses after it, in turn, as limits per client address and the number of
 * ports of one address would have it. Prints {@code holding COUNT} once all are idle, {@code lost REASON} for each that goes.
 */
final class HoldConnections implements Answers {

    private static final int SOURCES = 16;

    /** RFC 6455 §4.1, with the key of its example. */
    private static final String WEBSOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    /** Connections being opened at a time, so that no listen queue overflows. */
    private static final int AT_A_TIME = 64;

    private final Client client;
    private final InetSocketAddress target;
    private final int count;
    private final int firstSource;
    private int opened;
    private int answered;

    private HoldConnections(Client client, InetSocketAddress target, int count, int firstSource) {
        this.client = client;
        this.target = target;
        this.count = count;
        this.firstSource = firstSource;
    }

    public static void main(String[] args) throws Exception {
        InetSocketAddress target = Loopback.address(1, Integer.parseInt(args[1]));
        String fields = args.length > 4 ? WEBSOCKET : "";
        try (Client client = new Client(args[0], fields)) {
            HoldConnections hold =
                    new HoldConnections(client, target, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            client.loop().execute(hold::begin);
            new CountDownLatch(1).await();
        }
    }

    private void begin() {
        for (int i = 0; i < AT_A_TIME; i++) {
            openNext();
        }
    }

    private void openNext() {
        if (opened < count) {
            InetSocketAddress source = Loopback.address(firstSource + opened % SOURCES, 0);
            opened++;
            client.connect(source, target, this).addListener(connect -> {
                if (!connect.isSuccess()) {
                    lost(connect.cause());
                }
            });
        }
    }

    @Override
    public void onOpen(ClientConnection connection) {
        connection.send(0);
    }

    @Override
    public void onAnswer(ClientConnection connection, long request, boolean success) {
        if (!success) {
            lost(new IllegalStateException("refused"));
        }
        if (++answered == count) {
            System.out.println("holding " + count);
        }
        openNext();
    }

    @Override
    public void onLost(ClientConnection connection, long request, Throwable cause) {
        lost(cause);
    }

    private static void lost(Throwable cause) {
        System.out.println("lost " + cause.getMessage());
    }
}
