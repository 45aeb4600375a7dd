package io.evenkeel.rebalancer.consul;

/** Consul could not be asked. The message says which agent, and what came back. */
public final class ConsulFailure extends RuntimeException {

    ConsulFailure(String reason) {
        super(reason, null, false, false);
    }
}
