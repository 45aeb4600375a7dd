package io.evenkeel.discovery.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.testing.EndpointSourceContract;
import io.evenkeel.discovery.testing.Heard;
import io.evenkeel.discovery.testing.ScriptedSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticSourceTest extends EndpointSourceContract {

    @Override
    protected EndpointSource source() {
        return new StaticSource(
                "static", List.of(Endpoint.at(ScriptedSource.address(1)), Endpoint.at(ScriptedSource.address(2))));
    }

    @Test
    void itAnswersBeforeStartReturns() {
        Heard now = new Heard();
        source().start(now);
        assertThat(now.sets).containsExactly(ScriptedSource.endpoints(1, 2));
    }
}
