package io.evenkeel.rebalancer.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.config.HostPort;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code /rebalance}, {@code /metrics} and {@code /healthz}; they only tell.
 *
 * <p><b>Threading.</b> A thread of its own answers, one question at a time.
 */
public final class ReportServer implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "evenkeel-report");
        made.setDaemon(true);
        return made;
    });

    private ReportServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Binds the address.
     *
     * @throws UncheckedIOException with one line that names the address that could not be bound
     */
    public static ReportServer start(HostPort address, Report report, RebalanceMetrics metrics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
            ReportServer started = new ReportServer(server);
            started.page("/rebalance", "application/json", () -> ReportJson.render(report.now()));
            started.page("/metrics", TextFormat.CONTENT_TYPE_004, () -> {
                StringWriter text = new StringWriter();
                TextFormat.write004(text, metrics.registry().metricFamilySamples());
                return text.toString();
            });
            started.page("/healthz", "text/plain", () -> "ok\n");
            server.setExecutor(started.thread);
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("rebalance.address: " + address + ": " + e.getMessage(), e);
        }
    }

    /** With the real port. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void page(String path, String type, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    answer(exchange, 404, "text/plain", "not found\n");
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    exchange.getResponseHeaders().set("Allow", "GET");
                    answer(exchange, 405, "text/plain", "GET only\n");
                } else {
                    answer(exchange, 200, type, page.text());
                }
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    /** Makes a page. */
    private interface Page {
        String text() throws IOException;
    }
}
