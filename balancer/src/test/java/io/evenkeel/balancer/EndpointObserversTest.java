package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static io.evenkeel.balancer.Endpoints.merged;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.BalancerConfig.Policy;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EndpointObserversTest {

    private final Upstream upstream = new Upstream(
            UpstreamConfig.of("vvm", BalancerConfig.of(Policy.LEAST_CONNECTIONS), List.of()),
            new VirtualScheduler(),
            event -> {});
    private final List<String> heard = new ArrayList<>();
    private final List<EndpointState> made = new ArrayList<>();

    private Function<EndpointState, AttemptObserver> observer(String name) {
        return endpoint -> {
            made.add(endpoint);
            return new AttemptObserver() {
                @Override
                public void onSuccess(EndpointState at, long headNanos) {
                    assertThat(at).isSameAs(endpoint);
                    heard.add(name + " " + headNanos);
                }

                @Override
                public void onDropped(EndpointState at, Fault fault) {
                    assertThat(at).isSameAs(endpoint);
                    heard.add(name + " " + fault);
                }
            };
        };
    }

    @Test
    void endpointsThatAreHereAndThatComeAreObservedByEachObserverOnce() {
        upstream.update(merged(1));
        upstream.addObserver(observer("a"));
        upstream.addObserver(observer("b"));
        upstream.update(merged(1, 2));
        attempt(state(1)).success(7);
        attempt(state(2)).dropped(Fault.CONNECT);
        assertThat(heard).containsExactly("a 7", "b 7", "a CONNECT", "b CONNECT");
        assertThat(made).containsExactly(state(1), state(1), state(2), state(2));
    }

    @Test
    void anObserverThatWasRemovedHearsNothingMore() {
        Function<EndpointState, AttemptObserver> gone = observer("a");
        upstream.addObserver(gone);
        upstream.addObserver(observer("b"));
        upstream.update(merged(1));
        upstream.removeObserver(gone);
        upstream.update(merged(1, 2));
        attempt(state(1)).success(7);
        attempt(state(2)).success(8);
        assertThat(heard).containsExactly("b 7", "b 8");
    }

    @Test
    void anEndpointThatDepartsIsObservedUntilItsLastAttemptEndsAndKeepsItsObserversWhenItIsBack() {
        upstream.addObserver(observer("a"));
        upstream.update(merged(1));
        Permit first = attempt(state(1));
        Permit second = attempt(state(1));
        upstream.update(merged());
        first.success(1);
        upstream.update(merged(1));
        second.success(2);
        assertThat(heard).containsExactly("a 1", "a 2");
        assertThat(made).containsExactly(state(1));
    }

    @Test
    void anEndpointThatWasForgottenIsObservedAfreshWhenItComesAgain() {
        upstream.addObserver(observer("a"));
        upstream.update(merged(1));
        upstream.update(merged());
        upstream.update(merged(1));
        attempt(state(1)).success(3);
        assertThat(heard).containsExactly("a 3");
        assertThat(made).hasSize(2).doesNotHaveDuplicates();
    }

    private static Permit attempt(EndpointState endpoint) {
        Permit permit = new Permit();
        permit.begin(endpoint);
        return permit;
    }

    private EndpointState state(int number) {
        return upstream.snapshot().endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(address(number)))
                .findFirst()
                .orElseThrow();
    }
}
