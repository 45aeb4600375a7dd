package io.evenkeel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Endpoint.Health;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.testing.ScriptedSource;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceTrialTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final ScriptedSource source = new ScriptedSource("dns:a");
    private final SourceTrial trial = new SourceTrial("vvm", source, scheduler);

    @Test
    void theFirstAnswerCountsAndTheTimeItTook() {
        trial.begin();
        scheduler.advance(Duration.ofMillis(30));
        source.answers(1, 2, 3);
        source.fails("later");

        assertThat(result()).isEqualTo(new SourceResult("vvm", "dns:a", true, "3 endpoints", 30));
    }

    @Test
    void theFirstFailureCountsAndIsOneLine() {
        trial.begin();
        source.fails("a\r\nb\nc");
        source.answers(1);

        assertThat(result()).isEqualTo(new SourceResult("vvm", "dns:a", false, "a b c", 0));
    }

    @Test
    void theEndIsTheFailureOfWhoSaidNothing() {
        trial.begin();
        assertThat(trial.result()).isNotDone();
        scheduler.advance(Duration.ofSeconds(2));
        trial.end("no answer within 2 s");

        assertThat(result()).isEqualTo(new SourceResult("vvm", "dns:a", false, "no answer within 2 s", 2_000));
        assertThat(source.closes).isOne();
    }

    @Test
    void theEndChangesNothingForWhoAnswered() {
        trial.begin();
        source.answers(1);
        trial.end("no answer within 2 s");

        assertThat(result().what()).isEqualTo("1 endpoint");
    }

    @Test
    void criticalEndpointsAreToldApart() {
        Endpoint critical = new Endpoint(ScriptedSource.address(1), 1, Optional.empty(), Map.of(), Health.CRITICAL);
        trial.onEndpoints(List.of(critical, Endpoint.at(ScriptedSource.address(2))));

        assertThat(result().what()).isEqualTo("2 endpoints (critical: 1)");
    }

    @Test
    void aSourceThatCannotStartHasFailed() {
        SourceTrial broken = new SourceTrial("vvm", new Broken(), scheduler);
        broken.begin();

        assertThat(broken.result().join().answered()).isFalse();
        assertThat(broken.result().join().what()).contains("cannot start");
    }

    private SourceResult result() {
        return trial.result().join();
    }

    private static final class Broken implements EndpointSource {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void start(Listener listener) {
            throw new IllegalStateException("cannot start");
        }

        @Override
        public void close() {}
    }
}
