package io.evenkeel.discovery.consul;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is registered on one node, as it is compared with what is known of services. Immutable.
 *
 * @param nodeModified index of the node's own last change
 * @param modified index of the last change among its instances, by service
 * @param ids of all its instances
 */
record Placements(String node, long nodeModified, Map<String, Long> modified, Set<String> ids) {

    static Placements of(String node, CatalogNode.Contents contents) {
        Map<String, Long> modified = new HashMap<>();
        contents.instances()
                .values()
                .forEach(each -> modified.merge(each.service(), certain(each.modified()), Math::max));
        Set<String> ids = contents.instances().keySet();
        return new Placements(node, contents.node().modified(), modified, ids);
    }

    /** Whether the service is to be read again: it is not known, or something of it here came, went or changed since. */
    boolean outdates(Followed service) {
        long known = service.knownIndex();
        Set<String> here = service.idsOn(node);
        return modified.getOrDefault(service.key().service(), 0L) > known
                || (!here.isEmpty() && nodeModified > known)
                || !ids.containsAll(here);
    }

    /** An agent that does not say when something changed makes it be read each time. */
    private static long certain(long index) {
        return index == 0 ? Long.MAX_VALUE : index;
    }
}
