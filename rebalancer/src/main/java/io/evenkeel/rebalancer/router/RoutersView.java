package io.evenkeel.rebalancer.router;

import java.util.List;
import java.util.Set;

/**
 * What every router says of its endpoints at one moment. Immutable.
 *
 * @param routers the endpoints of each
 */
public record RoutersView(List<List<RouterEndpoint>> routers) {

    public RoutersView {
        routers = List.copyOf(routers);
    }

    /** Whether a router has an endpoint at one of these addresses. */
    public boolean knows(Set<String> addresses) {
        return routers.stream().anyMatch(router -> knows(router, addresses));
    }

    /** Whether every router has endpoints at these addresses, and all of them fit. */
    public boolean fit(Set<String> addresses) {
        return routers.stream()
                .allMatch(router -> knows(router, addresses)
                        && router.stream()
                                .filter(endpoint -> addresses.contains(endpoint.host()))
                                .noneMatch(RouterEndpoint::unfit));
    }

    /** Requests that all routers together have sent to these addresses and that are not answered. */
    public int inFlight(Set<String> addresses) {
        return routers.stream()
                .flatMap(List::stream)
                .filter(endpoint -> addresses.contains(endpoint.host()))
                .mapToInt(RouterEndpoint::inFlight)
                .sum();
    }

    private static boolean knows(List<RouterEndpoint> router, Set<String> addresses) {
        return router.stream().anyMatch(endpoint -> addresses.contains(endpoint.host()));
    }
}
