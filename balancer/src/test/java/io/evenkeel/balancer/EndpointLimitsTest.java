package io.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.discovery.testing.VirtualScheduler;
import org.junit.jupiter.api.Test;

class EndpointLimitsTest {

    private final Upstream upstream =
            new Upstream(Configs.upstream("circuit-breaker: {}"), new VirtualScheduler(), event -> {});

    private void configure(String yaml) {
        upstream.configure(Configs.upstream("circuit-breaker: " + yaml));
    }

    private EndpointState state(int index) {
        return upstream.snapshot().endpoints().get(index);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            Permit permit = new Permit();
            permit.begin(state(0));
            permit.dropped(Fault.GATEWAY);
        }
    }

    @Test
    void thereIsNoneByDefault() {
        upstream.update(Endpoints.merged(1));
        assertThat(state(0).limit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsConfiguredHoldsForThoseThatAreHereAndThoseToCome() {
        upstream.update(Endpoints.merged(1));
        configure("{ max-in-flight-per-endpoint: 7 }");
        upstream.update(Endpoints.merged(1, 2));
        assertThat(state(0).limit()).isEqualTo(7);
        assertThat(state(1).limit()).isEqualTo(7);
        configure("{}");
        assertThat(state(1).limit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aMeasuredLimitFollowsWhatAttemptsSay() {
        upstream.update(Endpoints.merged(1));
        configure("{ adaptive: { initial: 100 } }");
        upstream.update(Endpoints.merged(1, 2));
        assertThat(state(0).limit()).isEqualTo(100);
        fail(1000);
        assertThat(state(0).limit()).isEqualTo(4);
        assertThat(state(1).limit()).isEqualTo(100);
    }

    @Test
    void aReloadOfOtherThingsKeepsWhatWasMeasured() {
        configure("{ adaptive: { initial: 100 } }");
        upstream.update(Endpoints.merged(1));
        fail(1000);
        configure("{ adaptive: { initial: 100 }, max-retries: 5 }");
        assertThat(state(0).limit()).isEqualTo(4);
        configure("{ adaptive: { initial: 50 } }");
        assertThat(state(0).limit()).isEqualTo(50);
        configure("{}");
        fail(1000);
        assertThat(state(0).limit()).isEqualTo(Integer.MAX_VALUE);
    }
}
