package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.testing.FakeSwarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client whose answers a test gives at once, in virtual time. */
final class ScriptedSwarm implements SwarmClient {

    final List<String> reads = new ArrayList<>();
    int follows;
    boolean closed;

    /** What fails a look; null: it succeeds. */
    @Nullable
    String trouble;

    /** What keeps a stream from opening; null: it opens. */
    @Nullable
    String deaf;

    private final FakeSwarm swarm;
    private @Nullable EngineEvents events;
    private @Nullable CompletableFuture<Void> stream;

    ScriptedSwarm(FakeSwarm swarm) {
        this.swarm = swarm;
    }

    @Override
    public CompletionStage<SwarmPicture> read(@Nullable SwarmPicture known) {
        reads.add(known == null ? "everything" : "tasks");
        if (trouble != null) {
            return CompletableFuture.failedFuture(new EngineFailure(trouble));
        }
        SwarmPicture now = Pictures.of(swarm);
        return CompletableFuture.completedFuture(known == null ? now : known.withTasks(now.tasks()));
    }

    @Override
    public CompletionStage<Void> follow(EngineEvents told) {
        follows++;
        if (deaf != null) {
            return CompletableFuture.failedFuture(new EngineFailure(deaf));
        }
        events = told;
        stream = new CompletableFuture<>();
        told.onOpen();
        return stream;
    }

    void event() {
        Objects.requireNonNull(events).onEvent();
    }

    void streamEnds() {
        Objects.requireNonNull(stream).complete(null);
    }

    void streamBreaks() {
        Objects.requireNonNull(stream).completeExceptionally(new EngineFailure("broken"));
    }

    @Override
    public void close() {
        closed = true;
    }
}
