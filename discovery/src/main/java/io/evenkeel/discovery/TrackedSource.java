package io.evenkeel.discovery;

import io.evenkeel.config.MergeConfig;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source with what counts of what it says, which no failure touches, and how it fares.
 *
 * <p>What an earlier run heard from it counts as soon as it fails, or when it has not answered within {@link #PATIENCE} of the start.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #status}.
 */
final class TrackedSource implements EndpointSource.Listener {

    /** More waits longer for fresh endpoints while nothing is served; less begins with stale ones when a registry is merely slow. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(TrackedSource.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final SourceContext context;
    private final SourceKey key;
    private final EndpointSource source;
    private final Scheduler scheduler;
    private final Belief belief;
    private List<Endpoint> heard = List.of();
    private List<Voucher> said = List.of();
    private Scheduler.@Nullable Timer timer;
    private boolean started;

    /** Publishes how the source fares; the control plane writes, readiness and metrics read. */
    private volatile SourceStatus status;

    /** A source not yet started; the key holds its own name, made unique within the upstream. */
    TrackedSource(SourceContext context, SourceKey key, EndpointSource source) {
        this.context = context;
        this.key = key;
        this.source = source;
        this.scheduler = context.discovery().scheduler();
        this.belief = new Belief(restored());
        this.status = SourceStatus.unheard(key.source());
    }

    /** Starts the source the first time, does nothing after that. */
    void start() {
        if (started) {
            return;
        }
        started = true;
        source.start(this);
        if (!status.heard() && belief.remembers()) {
            timer = scheduler.schedule(() -> update(this::fallBack), PATIENCE);
        }
    }

    void stop() {
        cancelTimer();
        source.close();
    }

    String name() {
        return key.source();
    }

    /** What counts of what it says, an entry per address. */
    List<Voucher> vouchers() {
        return belief.vouchers();
    }

    SourceStatus status() {
        return status;
    }

    @Override
    public void onEndpoints(List<Endpoint> endpoints) {
        if (status.failure().isPresent()) {
            tell(DiscoveryEvent.Kind.SOURCE_RECOVERED, "answers again, endpoints: " + endpoints.size());
        }
        update(() -> {
            remember(endpoints);
            status = status.succeeded(scheduler.now());
            judge();
        });
    }

    @Override
    public void onFailure(String reason) {
        boolean first = status.failure().isEmpty();
        update(() -> {
            cancelTimer();
            belief.failed();
            status = status.failed(reason);
            if (!status.answered()) {
                fallBack();
            }
        });
        if (first) {
            tell(DiscoveryEvent.Kind.SOURCE_FAILED, reason);
        }
    }

    private void update(Runnable change) {
        SourceStatus before = status;
        List<Voucher> counted = belief.vouchers();
        change.run();
        boolean otherStanding = before.heard() != status.heard() || before.answers() != status.answers();
        if (otherStanding || !counted.equals(belief.vouchers())) {
            context.onNews().run();
        }
    }

    private void remember(List<Endpoint> endpoints) {
        if (!status.answered() || !endpoints.equals(heard)) {
            heard = List.copyOf(endpoints);
            said = Vouchers.of(name(), heard, belief.vouchers(), scheduler.now());
        }
    }

    private void judge() {
        MergeConfig rules = context.rules().get();
        cancelTimer();
        belief.judge(said, rules, scheduler.nanoTime());
        if (belief.doubts()) {
            doubt();
        } else {
            if (heard.isEmpty() && status.successes() == 1) {
                LOG.warn("upstream {}: {} knows no endpoints (is the name right?)", key.upstream(), name());
            }
            status = status.believed(vouchers().size());
            context.discovery().store().keep(key, heard);
        }
    }

    private void doubt() {
        Duration left = Duration.ofNanos(belief.believedAtNanos() - scheduler.nanoTime());
        timer = scheduler.schedule(() -> update(this::judge), left);
        String what = belief.doubt() + ", not believed until "
                + TIME.format(scheduler.now().plus(left));
        if (status.held().isEmpty()) {
            LOG.warn("upstream {}: {} says {}", key.upstream(), name(), what);
        }
        status = status.doubted(what, vouchers().size());
    }

    private void fallBack() {
        belief.fallBack();
        if (belief.remembers() && !status.stale()) {
            status = status.restored(vouchers().size());
            LOG.warn(
                    "upstream {}: {} has not answered, stale endpoints: {}",
                    key.upstream(),
                    name(),
                    status.endpoints());
        }
    }

    private List<Voucher> restored() {
        return context.discovery()
                .store()
                .recall(key)
                .map(lastGood -> Vouchers.stale(name(), lastGood))
                .orElse(List.of());
    }

    private void tell(DiscoveryEvent.Kind kind, String reason) {
        context.discovery()
                .listener()
                .onEvent(new DiscoveryEvent(scheduler.now(), kind, key.upstream(), "", "", name(), reason));
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
