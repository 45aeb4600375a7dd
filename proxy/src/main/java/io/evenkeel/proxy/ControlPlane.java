package io.evenkeel.proxy;

import io.evenkeel.balancer.RouterPlace;
import io.evenkeel.balancer.UpstreamRegistry;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.LastGoodStore;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.builtin.BuiltInSources;
import io.evenkeel.discovery.events.EventStream;
import io.evenkeel.discovery.state.StateFile;
import io.evenkeel.proxy.telemetry.DiscoveryStatus;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The part of a router that finds out where requests may go: the control thread, the sources, the upstreams they feed, and what is told about it.
 *
 * <p><b>Threading.</b> Callable from any thread but an event loop and the control thread.
 */
final class ControlPlane implements AutoCloseable {

    private final ControlThread thread = new ControlThread();
    private final EventStream events = new EventStream(thread);
    private final NodeRegistry nodes = new NodeRegistry(thread, events);
    private final BuiltInSources sources = new BuiltInSources(thread, new SplittableRandom(), nodes);
    private final LastGoodStore lastGood;
    private final UpstreamRegistry upstreams;
    private final LabelledRoutes labels;

    /**
     * Starts discovery; endpoints that need no asking are there when this returns.
     *
     * @param onLabels is run, by a thread of its own, whenever labels say something else
     */
    ControlPlane(RouterConfig config, Runnable onLabels) {
        lastGood = StateFile.open(config.discovery().stateFile(), thread::now);
        Discovery discovery = Discovery.of(thread, sources).tellingTo(events).keptIn(lastGood);
        upstreams = UpstreamRegistry.start(
                config.upstreams(), config.discovery(), discovery, RouterPlace.of(config.runtime()));
        labels = new LabelledRoutes(sources.swarm(), thread, onLabels);
    }

    UpstreamRegistry upstreams() {
        return upstreams;
    }

    EventStream events() {
        return events;
    }

    LabelledRoutes labels() {
        return labels;
    }

    /** Why it is not known yet where requests may go; empty once it is. */
    List<String> unready() {
        return Stream.concat(upstreams.undiscovered().stream(), labels.unready().stream())
                .toList();
    }

    /** How discovery fares beyond what its upstreams tell. */
    DiscoveryStatus status() {
        return new DiscoveryStatus(
                events.counts(), nodes.nodes(), labels.problems().size(), lastGood.status());
    }

    /** Stops asking and telling, and writes down what was known. */
    @Override
    public void close() {
        labels.close();
        upstreams.close();
        lastGood.close();
        sources.close();
        thread.close();
    }
}
