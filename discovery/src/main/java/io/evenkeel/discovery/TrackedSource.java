package io.evenkeel.discovery;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source with what it last said: its last good set, which no failure touches, and how it fares.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #status}.
 */
final class TrackedSource implements EndpointSource.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TrackedSource.class);

    private final String upstream;
    private final String name;
    private final EndpointSource source;
    private final Scheduler scheduler;
    private final Runnable onNews;
    private List<Voucher> vouchers = List.of();
    private boolean started;

    /** Publishes how the source fares; the control plane writes, readiness and metrics read. */
    private volatile SourceStatus status;

    /** A source not yet started; {@code name} is its own, made unique within the upstream. */
    TrackedSource(String upstream, String name, EndpointSource source, Scheduler scheduler, Runnable onNews) {
        this.upstream = upstream;
        this.name = name;
        this.source = source;
        this.scheduler = scheduler;
        this.onNews = onNews;
        this.status = SourceStatus.unheard(name);
    }

    /** Starts the source the first time, does nothing after that. */
    void start() {
        if (!started) {
            started = true;
            source.start(this);
        }
    }

    void stop() {
        source.close();
    }

    String name() {
        return name;
    }

    /** Its last good set: what it says about each endpoint. */
    List<Voucher> vouchers() {
        return vouchers;
    }

    SourceStatus status() {
        return status;
    }

    @Override
    public void onEndpoints(List<Endpoint> endpoints) {
        if (status.failure().isPresent()) {
            LOG.info("upstream {}: {} answers again, endpoints: {}", upstream, name, endpoints.size());
        }
        vouchers = vouchersFor(endpoints);
        status = status.succeeded(scheduler.now(), endpoints.size());
        onNews.run();
    }

    @Override
    public void onFailure(String reason) {
        if (status.failure().isEmpty()) {
            LOG.warn("upstream {}: {} failed: {}; endpoints kept: {}", upstream, name, reason, vouchers.size());
        }
        status = status.failed(reason);
        onNews.run();
    }

    /** One for each address, the first word counts; an endpoint named without a break keeps its since. */
    private List<Voucher> vouchersFor(List<Endpoint> endpoints) {
        Map<InetSocketAddress, Voucher> before = new HashMap<>();
        vouchers.forEach(voucher -> before.put(voucher.says().address(), voucher));
        Map<InetSocketAddress, Voucher> now = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            Voucher known = before.get(endpoint.address());
            Instant since = known == null ? scheduler.now() : known.since();
            now.putIfAbsent(endpoint.address(), new Voucher(name, since, endpoint));
        }
        return List.copyOf(now.values());
    }
}
