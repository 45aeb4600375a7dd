package io.evenkeel.discovery.swarm;

import io.evenkeel.config.SwarmConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Swarm by way of the Engine API.
 *
 * <p><b>Threading.</b> Owns two threads: one reads, one listens to events.
 */
final class EngineClient implements SwarmClient {

    /** The API knows no events of tasks. */
    private static final String EVENTS = "/events?filters=" + encoded("{\"type\":[\"node\",\"service\"]}");

    /** What is on its way out is of no interest, and neither is the history. */
    private static final String TASKS = "/tasks?filters=" + encoded("{\"desired-state\":[\"running\"]}");

    /** How long a stream is trusted that says nothing; what is missed meanwhile is found by the slow reading. */
    private static final Duration STREAM_LIFE = Duration.ofMinutes(5);

    private final Engines forReading;
    private final Engines forEvents;
    private final ExecutorService reader = thread("evenkeel-swarm-read");
    private final ExecutorService listener = thread("evenkeel-swarm-events");

    EngineClient(SwarmConfig config) {
        this.forReading = new Engines(config);
        this.forEvents = new Engines(config);
    }

    @Override
    public CompletionStage<SwarmPicture> read(@Nullable SwarmPicture known) {
        return CompletableFuture.supplyAsync(
                () -> forReading.ask(engine -> known == null ? everything(engine) : tasks(engine, known)), reader);
    }

    @Override
    public CompletionStage<Void> follow(EngineEvents events) {
        return CompletableFuture.runAsync(
                () -> forEvents.ask(engine -> {
                    engine.follow(EVENTS, STREAM_LIFE, events);
                    return true;
                }),
                listener);
    }

    @Override
    public void close() {
        reader.shutdownNow();
        listener.shutdownNow();
        forReading.close();
        forEvents.close();
    }

    private static SwarmPicture everything(EngineConnection engine) {
        return new SwarmPicture(
                engine.get("/nodes", PictureReader::nodes),
                engine.get("/services", PictureReader::services),
                engine.get(TASKS, PictureReader::tasks));
    }

    private static SwarmPicture tasks(EngineConnection engine, SwarmPicture known) {
        return known.withTasks(engine.get(TASKS, PictureReader::tasks));
    }

    private static String encoded(String filters) {
        return URLEncoder.encode(filters, StandardCharsets.UTF_8);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
