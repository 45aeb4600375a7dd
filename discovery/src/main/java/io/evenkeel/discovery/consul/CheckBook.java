package io.evenkeel.discovery.consul;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The status of every check as it was last listed, to tell what changed since. Whoever is asked holds answers for days: only what is compared is
 * kept.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class CheckBook {

    private Map<Place, String> before = Map.of();

    /** One check of one instance, or of a node. */
    private record Place(String node, String service, String serviceId, String check) {}

    /**
     * What is to be read again.
     *
     * @param services names of services whose checks came, went or changed
     * @param nodes names of nodes of which the same is true
     */
    record Changed(Set<String> services, Set<String> nodes) {}

    /** Takes a complete list; at first everything is new. */
    Changed take(List<Check> checks) {
        Map<Place, String> now = new HashMap<>();
        checks.forEach(check ->
                now.put(new Place(check.node(), check.service(), check.serviceId(), check.id()), check.status()));
        Changed changed = new Changed(new HashSet<>(), new HashSet<>());
        now.forEach((place, status) -> note(place, !status.equals(before.get(place)), changed));
        before.forEach((place, status) -> note(place, !now.containsKey(place), changed));
        before = now;
        return changed;
    }

    private static void note(Place place, boolean differs, Changed changed) {
        if (differs && place.service().isEmpty()) {
            changed.nodes().add(place.node());
        } else if (differs) {
            changed.services().add(place.service());
        }
    }
}
