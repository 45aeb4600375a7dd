package io.evenkeel.proxy;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.UpstreamRegistry;
import io.evenkeel.config.ConfigJson;
import io.evenkeel.discovery.events.EventStream;
import io.evenkeel.discovery.events.Subscription;
import io.evenkeel.proxy.admin.AdminView;
import io.evenkeel.proxy.telemetry.MetricsPage;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.evenkeel.proxy.telemetry.UpstreamStatus;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** What the admin endpoints see of a router and may do to it. Any thread. */
final class RouterAdmin implements AdminView {

    private final Router router;
    private final UpstreamRegistry registry;
    private final Telemetry telemetry;
    private final EventStream events;
    private final MetricsPage metrics;

    /** Reads the configuration anew; written once there is something that can, read by the admin endpoints. */
    private volatile Supplier<List<String>> reload = () -> List.of("this router has no configuration file to reload");

    RouterAdmin(Router router, UpstreamRegistry registry, Telemetry telemetry, EventStream events) {
        this.router = router;
        this.registry = registry;
        this.telemetry = telemetry;
        this.events = events;
        this.metrics = telemetry.metricsPage(this::upstreams, router::discovery, router::overload);
    }

    void reload(Supplier<List<String>> action) {
        reload = action;
    }

    @Override
    public List<String> unreadyReasons() {
        return router.unready();
    }

    @Override
    public List<UpstreamStatus> upstreams() {
        return UpstreamStatus.all(registry, telemetry);
    }

    @Override
    public Subscription events(String since, Runnable onNews) {
        return events.subscribe(since, onNews);
    }

    @Override
    public String configJson() {
        return ConfigJson.render(router.config());
    }

    @Override
    public void writeMetrics(Writer writer) throws IOException {
        metrics.write(writer);
    }

    @Override
    public List<String> drain(InetSocketAddress endpoint, Optional<String> upstream) {
        return each(endpoint, upstream, Upstream::drain);
    }

    @Override
    public List<String> undrain(InetSocketAddress endpoint, Optional<String> upstream) {
        return each(endpoint, upstream, Upstream::undrain);
    }

    private List<String> each(
            InetSocketAddress endpoint, Optional<String> only, BiPredicate<Upstream, InetSocketAddress> action) {
        List<String> done = new ArrayList<>();
        for (Upstream upstream : registry.upstreams()) {
            if (only.map(upstream.name()::equals).orElse(true) && action.test(upstream, endpoint)) {
                done.add(upstream.name());
            }
        }
        return done;
    }

    @Override
    public List<String> reload() {
        return reload.get();
    }
}
