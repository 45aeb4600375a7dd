package io.evenkeel.proxy.admin;

import io.evenkeel.balancer.FitnessCounts;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Ejection;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.SourceStatus;
import io.evenkeel.discovery.Voucher;
import io.evenkeel.discovery.events.EventStream;
import io.evenkeel.discovery.events.Subscription;
import io.evenkeel.discovery.testing.VirtualScheduler;
import io.evenkeel.proxy.telemetry.DrainStatus;
import io.evenkeel.proxy.telemetry.EndpointStatus;
import io.evenkeel.proxy.telemetry.LatencySummary;
import io.evenkeel.proxy.telemetry.UpstreamStatus;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A router of one upstream that shows what it is told to and remembers what it was asked to do. Any thread. */
final class RecordingView implements AdminView {

    static final EndpointStatus ENDPOINT = new EndpointStatus(
            "10.0.0.1:8822",
            new MergedEndpoint(List.of(
                    voucher("dns:tasks.vvm", Optional.empty(), Map.of()),
                    voucher("consul:vvm", Optional.of("node-1"), Map.of("role", "worker", "canary", "true")))),
            new Standing(
                    Health.HEALTHY,
                    "status 200",
                    0.3,
                    100,
                    true,
                    Optional.of(new Ejection("5 attempts failed in a row", Instant.parse("2026-11-21T15:04:15Z")))),
            new DrainStatus(List.of("operator", "tag"), Optional.of(Instant.parse("2026-11-21T15:09:05Z"))),
            false,
            3,
            17,
            1,
            OptionalInt.of(20));
    static final SourceStatus SOURCE = new SourceStatus(
            "dns:tasks.vvm",
            Optional.of(Instant.parse("2026-11-21T15:04:05Z")),
            Optional.of("SERVFAIL from 127.0.0.11"),
            4,
            2,
            1,
            true,
            Optional.of("1 endpoint after 6"));
    static final RejectedEndpoint REJECTED = new RejectedEndpoint(
            MergedEndpoint.of("consul:vvm", Endpoint.at(new InetSocketAddress("10.0.0.2", 8822))),
            RejectedEndpoint.Cause.NOT_AGREED,
            "dns:tasks.vvm does not name it");

    final List<String> unready = new CopyOnWriteArrayList<>();
    final List<String> reloadErrors = new CopyOnWriteArrayList<>();
    final List<String> done = new CopyOnWriteArrayList<>();
    final EventStream events = new EventStream(new VirtualScheduler());
    final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    volatile String metrics = "evenkeel_inflight 1\n";
    volatile CountDownLatch reloadMayEnd = new CountDownLatch(0);

    @Override
    public List<String> unreadyReasons() {
        return unready;
    }

    @Override
    public List<UpstreamStatus> upstreams() {
        LatencySummary latency = new LatencySummary(17, 100, 200, 300, 400);
        return List.of(
                new UpstreamStatus(
                        "vvm",
                        true,
                        List.of(ENDPOINT),
                        List.of(REJECTED),
                        List.of(SOURCE),
                        FitnessCounts.NONE,
                        Optional.of(latency)),
                new UpstreamStatus(
                        "empty", false, List.of(), List.of(), List.of(), FitnessCounts.NONE, Optional.empty()));
    }

    @Override
    public Subscription events(String since, Runnable onNews) {
        Subscription subscription = events.subscribe(since, onNews);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public String configJson() {
        return "{\"secret\":\"***\"}";
    }

    @Override
    public void writeMetrics(Writer writer) throws IOException {
        writer.write(metrics);
    }

    @Override
    public List<String> drain(InetSocketAddress endpoint, Optional<String> upstream) {
        return change("drain", endpoint, upstream);
    }

    @Override
    public List<String> undrain(InetSocketAddress endpoint, Optional<String> upstream) {
        return change("undrain", endpoint, upstream);
    }

    private List<String> change(String what, InetSocketAddress endpoint, Optional<String> upstream) {
        done.add(what + " " + endpoint.getAddress().getHostAddress() + " " + endpoint.getPort() + " "
                + upstream.orElse("all"));
        return endpoint.getPort() == 8822 ? List.of("vvm") : List.of();
    }

    @Override
    public List<String> reload() {
        try {
            reloadMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        done.add("reload");
        return new ArrayList<>(reloadErrors);
    }

    private static Voucher voucher(String source, Optional<String> node, Map<String, String> tags) {
        InetSocketAddress address = new InetSocketAddress("10.0.0.1", 8822);
        return new Voucher(
                source,
                Instant.parse("2026-11-21T15:00:00Z"),
                new Endpoint(address, 100, node, tags, Endpoint.Health.PASSING));
    }
}
