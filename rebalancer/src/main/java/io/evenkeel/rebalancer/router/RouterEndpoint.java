package io.evenkeel.rebalancer.router;

/**
 * An endpoint as one router sees it. Immutable.
 *
 * @param address IP literal and port
 * @param unfit whether it is unhealthy or ejected
 * @param inFlight requests sent there and not answered
 */
public record RouterEndpoint(String address, boolean unfit, int inFlight) {

    /** The IP literal alone. */
    String host() {
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
