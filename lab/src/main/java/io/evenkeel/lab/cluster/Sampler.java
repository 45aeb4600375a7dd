package io.evenkeel.lab.cluster;

import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Snapshot;
import java.time.Duration;
import java.util.List;

/**
 * Looks at the cluster and its rebalancers, twice a second, and records what it sees. When no manager answers there is nothing to record.
 *
 * <p><b>Threading.</b> A thread of its own looks. <b>Ownership.</b> Closing it ends that.
 */
public final class Sampler implements AutoCloseable {

    private static final long PERIOD_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LabFolder folder;
    private final Command command;
    private final Recording recording;
    private final Thread thread;

    /** Set by closing, read by the sampling thread. */
    private volatile boolean closed;

    /** One that does not look yet. */
    public Sampler(LabFolder folder, Command command, Recording recording) {
        this.folder = folder;
        this.command = command;
        this.recording = recording;
        this.thread = new Thread(this::look, "sampler");
    }

    /** Looks from now on. */
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        try (Managers managers = new Managers(folder)) {
            while (!closed) {
                long begun = System.currentTimeMillis();
                try {
                    Snapshot snapshot = EngineJson.snapshot(
                            begun,
                            managers.read("/nodes"),
                            managers.read("/services"),
                            managers.read(EngineJson.TASKS));
                    recording.add(snapshot);
                    snapshot.tasksOf("rebalancer").forEach(this::ask);
                } catch (EngineFailure e) {
                    // nobody leads at the moment: the gap tells
                }
                Thread.sleep(Math.max(1, begun + PERIOD_MILLIS - System.currentTimeMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rebalancers publish no port: they are asked from inside their network. */
    private void ask(Snapshot.Task rebalancer) {
        if (rebalancer.process() == 0 || folder.failed(rebalancer.node())) {
            return;
        }
        try {
            String page = command.run(
                    PATIENCE,
                    List.of(
                            "nsenter",
                            "-t",
                            String.valueOf(rebalancer.process()),
                            "-n",
                            "curl",
                            "-s",
                            "-m",
                            "1",
                            "http://127.0.0.1:9902/rebalance"));
            RebalanceJson.view(System.currentTimeMillis(), rebalancer, page).ifPresent(recording::add);
        } catch (Command.Failure e) {
            // it has not begun to listen, or is gone
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (thread.isAlive()) {
                thread.join(10_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
