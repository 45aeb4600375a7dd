package io.evenkeel.discovery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.discovery.ControlThread;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every source that works. */
public abstract class EndpointSourceContract {

    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    protected final ControlThread control = new ControlThread();
    protected final Heard heard = new Heard();

    /** A source that finds the two endpoints 10.0.0.1 and 10.0.0.2, port 80. */
    protected abstract EndpointSource source();

    @SuppressWarnings("NullAway.Init") // made before each test
    private EndpointSource source;

    @BeforeEach
    void make() {
        source = source();
    }

    @AfterEach
    void stop() {
        onControl(source::close);
        control.close();
    }

    @Test
    void itTellsTheCompleteSetAfterTheStart() {
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> !heard.sets.isEmpty());
        assertThat(heard.sets.get(0))
                .extracting(Endpoint::address)
                .containsExactly(ScriptedSource.address(1), ScriptedSource.address(2));
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void itTellsOnTheControlThreadOnly() {
        onControl(() -> source.start(heard));
        await().atMost(PATIENCE).until(() -> !heard.sets.isEmpty());
        assertThat(heard.threads).containsOnly("evenkeel-control");
    }

    @Test
    void itTellsNothingBeforeTheStart() {
        onControl(() -> {});
        assertThat(heard.threads).isEmpty();
    }

    @Test
    void itTellsNothingAfterClose() {
        onControl(() -> {
            source.start(heard);
            heard.sets.clear();
            source.close();
        });
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> heard.sets.isEmpty());
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void itHasANameThatStays() {
        String name = source.name();
        onControl(() -> source.start(heard));
        assertThat(name).isNotBlank().isEqualTo(source.name());
    }

    protected void onControl(Runnable task) {
        CompletableFuture.runAsync(task, control::execute).join();
    }
}
