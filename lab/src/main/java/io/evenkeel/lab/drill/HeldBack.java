package io.evenkeel.lab.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.lab.cluster.Command;
import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.cluster.Managers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Keeps what VVMs a node starts from becoming healthy: every process of a new container is stopped with SIGSTOP within a fraction of a second.
 *
 * <p><b>Threading.</b> A thread of its own looks and stops. <b>Ownership.</b> Closing it ends that and lets all go on.
 */
final class HeldBack implements AutoCloseable {

    private static final long POLL_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String CONTAINERS =
            "/containers/json?filters=%7B%22label%22%3A%5B%22com.docker.swarm.service.name%3Devenkeel_vvm%22%5D%7D";

    private final LabFolder folder;
    private final Command command;
    private final String node;
    private final Thread thread = new Thread(this::look, "held-back");

    /** Containers that were there before; the thread's own once it runs. */
    private final Set<String> old = new HashSet<>();

    /** Processes that are stopped; the thread's own while it runs. */
    private final Set<Long> stopped = new HashSet<>();

    /** The containers that were held back; written by the thread, read by anybody. */
    private volatile Set<String> held = Set.of();

    /** Set by closing, read by the thread. */
    private volatile boolean closed;

    HeldBack(LabFolder folder, Command command, String node) {
        this.folder = folder;
        this.command = command;
        this.node = node;
    }

    /** From now on; what runs already is left alone. */
    void begin() {
        try (Managers engines = new Managers(folder)) {
            old.addAll(containers(engines));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** How many containers were held back. */
    int count() {
        return held.size();
    }

    private void look() {
        try (Managers engines = new Managers(folder)) {
            while (!closed) {
                try {
                    containers(engines).stream().filter(id -> !old.contains(id)).forEach(id -> hold(engines, id));
                } catch (EngineFailure e) {
                    // the container has just gone
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> containers(Managers engines) {
        return StreamSupport.stream(engines.of(node, CONTAINERS).spliterator(), false)
                .map(container -> container.path("Id").asText())
                .toList();
    }

    /** Again at every look, because what is stopped may just have started something. */
    private void hold(Managers engines, String id) {
        JsonNode container = engines.of(node, "/containers/" + id + "/json");
        List<Long> fresh = new ArrayList<>();
        ProcessHandle.of(container.at("/State/Pid").asLong()).ifPresent(first -> {
            fresh.add(first.pid());
            first.descendants().map(ProcessHandle::pid).forEach(fresh::add);
        });
        fresh.removeIf(process -> !stopped.add(process));
        if (!fresh.isEmpty()) {
            signal("-STOP", fresh);
            Set<String> more = new HashSet<>(held);
            more.add(id);
            held = Set.copyOf(more);
        }
    }

    private void signal(String signal, Iterable<Long> processes) {
        List<String> words = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> words.add(String.valueOf(process)));
        try {
            command.run(PATIENCE, words);
        } catch (Command.Failure e) {
            // one of them is gone
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!stopped.isEmpty()) {
            signal("-CONT", stopped);
            stopped.clear();
        }
    }
}
