package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import java.util.ArrayList;
import java.util.List;

/** A listener that remembers. */
final class Heard implements FitnessListener {

    int standings;
    final List<EndpointState> givenUp = new ArrayList<>();
    final List<String> events = new ArrayList<>();

    @Override
    public void onStanding() {
        standings++;
    }

    @Override
    public void onGivenUp(EndpointState endpoint) {
        givenUp.add(endpoint);
    }

    @Override
    public void onEvent(Kind kind, EndpointState endpoint, String source, String reason) {
        events.add(kind.label() + " " + endpoint.address().getAddress().getHostAddress() + " by " + source + ": "
                + reason);
    }
}
