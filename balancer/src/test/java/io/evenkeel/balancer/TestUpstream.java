package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Ejection;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An upstream in virtual time, of a router on node n1 in zone a; its endpoints go by number. */
final class TestUpstream {

    final VirtualScheduler scheduler = new VirtualScheduler();
    final Upstream upstream;
    private final PickState picks = new PickState(3);

    TestUpstream(String yaml) {
        upstream = new Upstream(Configs.upstream(yaml), scheduler, event -> {}, new RouterPlace("n1", "a"));
    }

    TestUpstream with(MergedEndpoint... endpoints) {
        upstream.update(Stream.of(endpoints).toList());
        return this;
    }

    /** Endpoints 0 to {@code count} − 1. */
    TestUpstream with(int count) {
        upstream.update(Endpoints.merged(IntStream.range(0, count).toArray()));
        return this;
    }

    EndpointState endpoint(int number) {
        return upstream.snapshot().endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(address(number)))
                .findFirst()
                .orElseThrow();
    }

    /** Health checks fail; the snapshot that says so is published. */
    void fail(int... numbers) {
        for (int number : numbers) {
            endpoint(number).standing(Standing.UNCHECKED.with(Health.UNHEALTHY, "status 500", 9, 100, false));
        }
        refresh();
    }

    void recover(int... numbers) {
        for (int number : numbers) {
            endpoint(number).standing(Standing.UNCHECKED);
        }
        refresh();
    }

    void eject(int number) {
        endpoint(number).standing(Standing.UNCHECKED.with(Optional.of(new Ejection("errors", Instant.EPOCH))));
        refresh();
    }

    /** Asks for a snapshot and waits until it is there. */
    void refresh() {
        upstream.refresh();
        scheduler.advance(Refreshes.INTERVAL);
    }

    /** How often each endpoint is picked of so many times, by number; 0 is left out. */
    Map<Integer, Integer> picks(int times) {
        return picks(TagSubset.ALL, times);
    }

    Map<Integer, Integer> picks(TagSubset subset, int times) {
        Map<Integer, Integer> counts = new TreeMap<>();
        Permit permit = new Permit();
        for (int i = 0; i < times; i++) {
            EndpointState picked =
                    upstream.snapshot().balancer(subset).pick(picks, LoadBalancer.NO_KEY, Endpoints.UNTRIED);
            if (picked != null) {
                permit.begin(picked);
                permit.success(-1);
                counts.merge((int) picked.address().getAddress().getAddress()[3], 1, Integer::sum);
            }
        }
        return counts;
    }

    void pass(Duration time) {
        scheduler.advance(time);
    }
}
