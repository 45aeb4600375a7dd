package io.evenkeel.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.vvm.DemoVvms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoadIT {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void everyRequestIsAnsweredOnceAndCountedUnderTheNameOfWhoAnswered() throws Exception {
        try (DemoVvms vvms = new DemoVvms()) {
            InetSocketAddress vvm = vvms.start("vvm-1", new InetSocketAddress(LOOPBACK, 0));
            LoadReport report = Load.run(vvm, 500, 8);
            assertThat(report.answers()).isEqualTo(Map.of("vvm-1", 500));
            assertThat(report.errors()).isEmpty();
            assertThat(report.latencyNanos().getTotalCount()).isEqualTo(500);
        }
    }

    @Test
    void targetThatRefusesConnectionsCostsEveryRequestAndEnds() throws Exception {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(LOOPBACK, 0)); // and nobody listens there
            LoadReport report = Load.run((InetSocketAddress) taken.getLocalSocketAddress(), 20, 4);
            assertThat(report.errors()).isEqualTo(Map.of("cannot connect", 20));
            assertThat(report.answers()).isEmpty();
        }
    }

    @Test
    void otherStatusIsAnErrorAndAClosedConnectionIsReplaced() throws Exception {
        try (ServerSocket unavailable = new ServerSocket(0, 50, LOOPBACK)) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(unavailable, 10));
            LoadReport report = Load.run((InetSocketAddress) unavailable.getLocalSocketAddress(), 10, 2);
            assertThat(report.errors()).isEqualTo(Map.of("status 503", 10));
            serving.join();
        }
    }

    private static void serve(ServerSocket server, int connections) {
        byte[] response =
                "HTTP/1.1 503 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < connections; i++) {
            try (Socket client = server.accept()) {
                assertThat(client.getInputStream().read(new byte[1_000])).isPositive();
                client.getOutputStream().write(response);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
