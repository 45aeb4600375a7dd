package io.evenkeel.lab.load;

import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.load.SteadyLoad.Router;
import io.evenkeel.lab.record.Snapshot;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The routers that clients are sent to, as by a balancer in front of them: each must have answered a few times first. That of a node that was failed on
 * purpose is left out until its task runs and it has done so again. A router that nothing was done to is never left out.
 *
 * <p><b>Threading.</b> A thread of its own looks; {@link #open} is for any thread. <b>Ownership.</b> Closing it ends the looking.
 */
public final class Routers implements AutoCloseable {

    private static final long PERIOD_MILLIS = 250;
    private static final int TIMEOUT_MILLIS = 1_000;

    /** Good looks in a row before a router is asked again. */
    private static final int GOOD_LOOKS = 8;

    /** The machine's on the bridge. */
    private static final InetSocketAddress FROM = new InetSocketAddress(LabFolder.BRIDGE, 0);

    private final LabFolder folder;
    private final Supplier<Optional<Snapshot>> cluster;
    private final Set<String> known = new HashSet<>();
    private final Map<String, Integer> doubted = new HashMap<>();
    private final Set<String> excluded = new HashSet<>();
    private final Thread thread = new Thread(this::look, "routers");

    /** Publishes who may be asked; the looking thread writes, the load reads. */
    private volatile List<Router> open = List.of();

    /** Set by closing, read by the looking thread. */
    private volatile boolean closed;

    /** Looks at once, and then again and again. */
    public Routers(LabFolder folder, Supplier<Optional<Snapshot>> cluster) {
        this.folder = folder;
        this.cluster = cluster;
        folder.nodes().forEach(this::meet);
        thread.setDaemon(true);
        thread.start();
    }

    /** A router is about to be stopped: nobody asks it until {@link #doubt}. */
    public synchronized void exclude(String node) {
        excluded.add(node);
        doubt(node, 0);
    }

    /** Those that may be asked now. */
    public List<Router> open() {
        return open;
    }

    /** A node is about to be failed, or has joined: its router must first show that it is well. */
    public synchronized void doubt(String node) {
        excluded.remove(node);
        doubt(node, 0);
    }

    private synchronized void doubt(String node, int looks) {
        doubted.put(node, looks);
        publish();
    }

    private void look() {
        try {
            while (!closed) {
                for (String node : folder.nodes()) {
                    meet(node);
                    if (folder.failed(node)) {
                        doubt(node, 0);
                    } else if (isDoubted(node)) {
                        judge(node, folder.bridged() && runs(node) && answers(node));
                    }
                }
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node that was not there before: the lab may come up later. */
    private synchronized void meet(String node) {
        if (known.add(node)) {
            doubt(node, 0);
        }
    }

    private synchronized boolean isDoubted(String node) {
        return doubted.containsKey(node) && !excluded.contains(node);
    }

    private synchronized void judge(String node, boolean good) {
        if (excluded.contains(node)) {
            return;
        }
        int looks = good ? doubted.getOrDefault(node, 0) + 1 : 0;
        doubted.put(node, looks);
        if (looks >= GOOD_LOOKS) {
            doubted.remove(node);
            publish();
        }
    }

    private synchronized void publish() {
        open = folder.nodes().stream()
                .filter(node -> !doubted.containsKey(node))
                .map(node -> new Router(node, new InetSocketAddress(LabFolder.address(node), 80), FROM))
                .toList();
    }

    /** Whether Swarm says that the router of a node runs; without Swarm's word its answer is enough. */
    private boolean runs(String node) {
        return cluster.get()
                .map(snapshot -> snapshot.tasksOf("router").stream()
                        .anyMatch(task -> task.node().equals(node)))
                .orElse(true);
    }

    private static boolean answers(String node) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://" + LabFolder.address(node) + "/api/check")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
