package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.proxy.telemetry.TcpMeter;
import io.evenkeel.proxy.telemetry.UpstreamMeter;

/** A destination together with what one event loop counts and remembers for it. */
record DestinationBinding(
        Destination destination, TcpMeter meter, UpstreamMeter upstreamMeter, PickState picks, ConnectBudget budget) {}
