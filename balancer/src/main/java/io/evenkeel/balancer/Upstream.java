package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.Drain;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.limit.CircuitBreaker;
import io.evenkeel.config.RouteConfig.TagsFallback;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.DiscoveryListener;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.Scheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named group of interchangeable endpoints, as it is now. Lives as long as its name is configured; reloads and discovery change what
 * is in it.
 *
 * <p><b>Threading.</b> Event loops read {@link #snapshot} and nothing else. What changes it is guarded by this object's lock, which no
 * request ever takes; updates come on the {@link Scheduler}, an operator's commands from any thread.
 */
public final class Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

    /** From one look at endpoints that left to the next: how late the end of their last attempt may be noticed. */
    static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private static final String PANIC = "too few endpoints are fit: health and ejections are ignored";
    private static final String PANIC_OVER = "enough endpoints are fit again";

    private final String name;
    private final Scheduler scheduler;
    private final EndpointChronicle chronicle;
    private final DrainDeadlines drains;
    private final List<EndpointListener> listeners = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private final EndpointStates states = new EndpointStates();

    /** Guarded by this. */
    private final EndpointObservers observers = new EndpointObservers();

    /** Found unfit by checks, which no snapshot heeds yet. Guarded by this. */
    private final List<EndpointState> unfit = new ArrayList<>();

    /** Guarded by this. */
    private final Snapshots snapshots;

    private final Refreshes refreshes;
    private final CircuitBreaker breaker = new CircuitBreaker();

    /** Guarded by this. */
    private final EndpointLimits limits = new EndpointLimits(observers);

    /** Guarded by this. */
    private UpstreamConfig config;

    /** Publishes the endpoints and their picker; the control plane writes, event loops read it once per request. */
    private volatile UpstreamSnapshot snapshot;

    /** Publishes that discovery has answered once; the control plane writes, readiness reads. */
    private volatile boolean discovered;

    /** Whether a snapshot is due because endpoints warm up. Guarded by this. */
    private boolean stepping;

    /** Whether endpoints that left will be looked at again. Confined to the scheduler. */
    private boolean looking;

    /** An upstream without endpoints, of a router that does not know where it is. */
    public Upstream(UpstreamConfig config, Scheduler scheduler, DiscoveryListener events) {
        this(config, scheduler, events, RouterPlace.UNKNOWN);
    }

    /**
     * An upstream without endpoints.
     *
     * @param scheduler where it is updated; its clock is read by event loops too
     * @param events hears what becomes of its endpoints
     * @param place where the router is, for those that prefer endpoints nearby
     */
    public Upstream(UpstreamConfig config, Scheduler scheduler, DiscoveryListener events, RouterPlace place) {
        this.name = config.name();
        this.scheduler = scheduler;
        this.chronicle = new EndpointChronicle(name, scheduler, events);
        this.drains = new DrainDeadlines(name, scheduler, config.drain().deadline(), this::tellDrainExpired);
        this.config = config;
        this.breaker.configure(config.circuitBreaker());
        this.limits.configure(config.circuitBreaker(), List.of());
        this.snapshots = new Snapshots(config.balancer(), place, scheduler::nanoTime, observers);
        this.refreshes = new Refreshes(scheduler, this::publishAnew);
        this.snapshot = snapshots.next(List.of());
    }

    public String name() {
        return name;
    }

    public UpstreamSnapshot snapshot() {
        return snapshot;
    }

    /** How much is at work in it at once; the same over reloads. */
    public CircuitBreaker breaker() {
        return breaker;
    }

    /** True once any of its sources has answered, be it with no endpoint at all. */
    public boolean discovered() {
        return discovered;
    }

    /** Adds a listener for changes from now on; what is there already is in {@link #snapshot}. */
    public void addListener(EndpointListener listener) {
        listeners.add(listener);
    }

    public void removeListener(EndpointListener listener) {
        listeners.remove(listener);
    }

    /**
     * Has every endpoint observed, those that are here, that depart and that will come. Callable from any thread but an event loop.
     *
     * @param maker makes the observer of one endpoint; asked once for each, before the endpoint is published
     */
    public synchronized void addObserver(Function<EndpointState, ? extends AttemptObserver> maker) {
        observers.add(maker);
    }

    /** Takes back {@link #addObserver}; attempts that end meanwhile may still be told. */
    public synchronized void removeObserver(Function<EndpointState, ? extends AttemptObserver> maker) {
        observers.remove(maker);
    }

    /**
     * The endpoints that left with attempts in flight, until those have ended. They are in no snapshot and sent nothing new. Callable
     * from any thread but an event loop.
     */
    public synchronized List<EndpointState> departing() {
        return states.departing();
    }

    /** Publishes the complete set of endpoints, of which none is kept out. */
    public void update(List<MergedEndpoint> endpoints) {
        update(endpoints, List.of());
    }

    /**
     * Publishes the complete set of endpoints. An address that was here, or has not quite left, keeps its state.
     *
     * @param rejected says why others are not in the set
     */
    public void update(List<MergedEndpoint> endpoints, List<RejectedEndpoint> rejected) {
        EndpointStates.Change change = change(endpoints);
        LOG.debug("upstream {}: endpoints: {}", name, change.now().size());
        chronicle.came(change.added());
        if (!change.removed().isEmpty()) {
            Map<InetSocketAddress, String> reasons = reasons(rejected);
            chronicle.left(
                    change.removed(), endpoint -> reasons.getOrDefault(endpoint.address(), noLongerNamed(endpoint)));
            change.removed().forEach(drains::look);
        }
        change.now().forEach(this::followDrain);
        forgetIdle();
    }

    /**
     * Sends no new attempt to this endpoint until {@link #undrain}; attempts in flight go on until the deadline. The drain ends too when the
     * endpoint leaves the upstream, because its address may come back as somebody else.
     *
     * @return false when the upstream has no such endpoint
     */
    public boolean drain(InetSocketAddress address) {
        return draining(address, true);
    }

    /** Takes back {@link #drain}, but not what a tag says; false when the upstream has no such endpoint. */
    public boolean undrain(InetSocketAddress address) {
        return draining(address, false);
    }

    /** When what is in flight at this endpoint of the upstream is ended; empty if it does not drain, or without end. Any thread but an event loop. */
    public synchronized Optional<Instant> drainDeadline(EndpointState endpoint) {
        Drain drain = endpoint.drain();
        Duration deadline = config.drain().deadline();
        return drain.on() && !deadline.isZero()
                ? Optional.of(scheduler
                        .now()
                        .plusNanos(drain.sinceNanos() - scheduler.nanoTime())
                        .plus(deadline))
                : Optional.empty();
    }

    /** Goes by another configuration from now on; endpoints and counts stay. */
    void configure(UpstreamConfig wanted) {
        breaker.configure(wanted.circuitBreaker());
        boolean otherDrain = reconfigure(wanted);
        if (otherDrain) {
            drains.deadline(wanted.drain().deadline());
            snapshot.endpoints().forEach(this::followDrain);
            departing().forEach(drains::look);
        }
    }

    private synchronized boolean reconfigure(UpstreamConfig wanted) {
        UpstreamConfig before = config;
        config = wanted;
        limits.configure(wanted.circuitBreaker(), snapshot.endpoints());
        boolean otherDrain = !wanted.drain().equals(before.drain());
        if (otherDrain) {
            snapshot.endpoints().forEach(this::heedTag);
        }
        boolean otherBalancer = !wanted.balancer().equals(before.balancer());
        if (otherBalancer) {
            snapshots.configure(wanted.balancer());
        }
        if (otherDrain || otherBalancer) {
            publish(snapshot.endpoints());
        }
        return otherDrain;
    }

    /**
     * Publishes the endpoints anew, because the standing of one has changed: at once, or within {@link Refreshes#INTERVAL} when that was asked for
     * just before. Callable from any thread but an event loop.
     */
    public void refresh() {
        refreshes.ask();
    }

    /**
     * The endpoints that have these tags, for as long as the caller holds on to what this returns. Snapshots published from now on know it. Callable
     * from any thread but an event loop.
     *
     * @param tags in the order in which they are given up
     */
    public synchronized TagSubset subset(Map<String, String> tags, TagsFallback fallback) {
        TagSubset subset = snapshots.subset(tags, fallback);
        if (!snapshot.knows(subset)) {
            publish(snapshot.endpoints());
        }
        return subset;
    }

    /** Checks found this endpoint unfit: the listeners are told right after the next snapshot, so that nobody picks it once they know. */
    synchronized void unfit(EndpointState endpoint) {
        unfit.add(endpoint);
    }

    /** Tells of an endpoint what is no matter of its coming and going. Called on the scheduler. */
    void tell(Kind kind, EndpointState endpoint, String source, String reason) {
        chronicle.tell(kind, endpoint, source, reason);
    }

    /**
     * Tells the listeners that every endpoint left, because the upstream itself did. The snapshot stays, so that an exchange routed by an
     * older route table still finds its endpoint.
     */
    void retire() {
        List<EndpointState> leaving = leave();
        chronicle.left(leaving, endpoint -> "the upstream is no longer configured");
        leaving.forEach(drains::look);
        forgetIdle();
    }

    private synchronized EndpointStates.Change change(List<MergedEndpoint> endpoints) {
        EndpointStates.Change change = states.update(endpoints);
        change.added().forEach(state -> state.drain(Drain.NONE));
        change.now().forEach(this::heedTag);
        depart(change.removed());
        observers.came(change.added());
        limits.came(change.added());
        listeners.forEach(listener -> change.added().forEach(listener::onArriving));
        publish(change.now());
        discovered = true;
        tell(change.added(), change.removed());
        return change;
    }

    private synchronized List<EndpointState> leave() {
        List<EndpointState> leaving = states.update(List.of()).removed();
        depart(leaving);
        tell(List.of(), leaving);
        return leaving;
    }

    private void depart(List<EndpointState> leaving) {
        leaving.forEach(state -> state.drain(state.drain().departed(scheduler.nanoTime())));
    }

    /** Any source that says so is enough. */
    private void heedTag(EndpointState state) {
        boolean says = state.reported().vouchers().stream()
                .map(voucher -> voucher.says().tags().get(config.drain().tag()))
                .anyMatch(value -> value != null && !value.equals("false"));
        state.drain(state.drain().byTag(says, scheduler.nanoTime()));
    }

    private void followDrain(EndpointState state) {
        chronicle.drainChanged(state);
        drains.look(state);
    }

    private void tellDrainExpired(EndpointState state) {
        listeners.forEach(listener -> listener.onDrainExpired(state));
    }

    private boolean draining(InetSocketAddress address, boolean on) {
        EndpointState state = setDraining(address, on);
        if (state == null) {
            return false;
        }
        scheduler.execute(() -> followDrain(state));
        return true;
    }

    private synchronized @Nullable EndpointState setDraining(InetSocketAddress address, boolean on) {
        EndpointState state = states.present(address);
        if (state != null) {
            state.drain(state.drain().byOperator(on, scheduler.nanoTime()));
            publish(snapshot.endpoints());
        }
        return state;
    }

    private static Map<InetSocketAddress, String> reasons(List<RejectedEndpoint> rejected) {
        return rejected.stream()
                .collect(Collectors.toMap(
                        other -> other.endpoint().address(), RejectedEndpoint::reason, (first, second) -> first));
    }

    private static String noLongerNamed(EndpointState endpoint) {
        return "no longer named by " + String.join(", ", endpoint.sources());
    }

    /** Endpoints that left go once nothing is in flight at them; while there are others, this is looked at again and again. */
    private void forgetIdle() {
        List<EndpointState> idle;
        boolean more;
        synchronized (this) {
            idle = states.forgetIdle();
            observers.forget(idle);
            more = !states.departing().isEmpty();
        }
        chronicle.ended(idle);
        idle.forEach(drains::forget);
        if (more && !looking) {
            looking = true;
            scheduler.schedule(this::look, LOOK_INTERVAL);
        }
    }

    private void look() {
        looking = false;
        forgetIdle();
    }

    private synchronized void publishAnew() {
        publish(snapshot.endpoints());
    }

    private synchronized void step() {
        stepping = false;
        publish(snapshot.endpoints());
    }

    /** Called with this object's lock held. */
    private void publish(List<EndpointState> endpoints) {
        UpstreamSnapshot before = snapshot;
        UpstreamSnapshot now = snapshots.next(endpoints);
        snapshot = now;
        if (now.panicking() != before.panicking()) {
            LOG.warn("upstream {}: {}", name, now.panicking() ? PANIC : PANIC_OVER);
        }
        if (snapshots.ramping() && !stepping) {
            stepping = true;
            scheduler.schedule(this::step, SlowStart.step(config.balancer().slowStart()));
        }
        tellUnfit();
    }

    private void tellUnfit() {
        List<EndpointState> told = List.copyOf(unfit);
        unfit.clear();
        listeners.forEach(listener -> told.forEach(listener::onUnfit));
    }

    private void tell(List<EndpointState> added, List<EndpointState> removed) {
        for (EndpointListener listener : listeners) {
            added.forEach(listener::onAdded);
            removed.forEach(listener::onRemoved);
        }
    }
}
