package io.evenkeel.discovery.consul;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All services that are followed at one set of agents: as many as may be by a watch of their own, the others by a {@link Sweep} for each
 * datacenter. One watch is left for the nodes and two for each datacenter, so that all together never pass the bound.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Following implements AutoCloseable {

    /** At the most ten questions a second about a service that never stops changing. */
    private static final Duration REFILL = Duration.ofMillis(100);

    private static final int FOR_NODES = 1;
    private static final int FOR_A_DATACENTER = 2;

    private final Surroundings around;
    private final Watches watches;
    private final Visibility visibility;
    private final int maxWatches;
    private final Map<ServiceKey, Followed> followed = new HashMap<>();
    private final Map<Followed, Watch<List<ServiceEntry>>> watched = new HashMap<>();
    private final Deque<Followed> newestFirst = new ArrayDeque<>();
    private final Map<String, CatalogWatch> catalogs = new HashMap<>();
    private final Map<String, Sweep> sweeps = new HashMap<>();

    /** Follows nothing yet. */
    Following(Surroundings around, Watches watches, int maxWatches) {
        this.around = around;
        this.watches = watches;
        this.visibility = new Visibility(around);
        this.maxWatches = maxWatches;
    }

    /** Lets a source hear of a service, from now on and at once what is known already. */
    void follow(ServiceKey key, Followed.Follower follower) {
        Followed known = followed.get(key);
        if (known != null) {
            known.add(follower);
            return;
        }
        Followed service = new Followed(key, around, visibility);
        followed.put(key, service);
        service.add(follower);
        if (watched.size() < room()) {
            newestFirst.push(service);
            Watch<List<ServiceEntry>> watch = watches.start(service.question(), REFILL, service);
            service.readBy(watch::refresh);
            watched.put(service, watch);
        } else {
            sweep(service);
        }
        makeRoom();
    }

    void leave(ServiceKey key, Followed.Follower follower) {
        Followed service = followed.get(key);
        if (service == null) {
            return;
        }
        service.remove(follower);
        if (service.unwanted()) {
            followed.remove(key);
            unwatch(service);
            unsweep(service);
        }
    }

    /** The services of a datacenter. */
    CatalogWatch catalog(String datacenter) {
        return catalogs.computeIfAbsent(datacenter, name -> new CatalogWatch(around, watches, name));
    }

    @Override
    public void close() {
        followed.values().forEach(Followed::silence);
        sweeps.values().forEach(Sweep::close);
        watches.close();
    }

    private int room() {
        Set<String> datacenters =
                followed.keySet().stream().map(ServiceKey::datacenter).collect(Collectors.toSet());
        datacenters.addAll(catalogs.keySet());
        return maxWatches - FOR_NODES - FOR_A_DATACENTER * Math.max(1, datacenters.size());
    }

    /** A datacenter that joined may need what was given away. */
    private void makeRoom() {
        int room = Math.max(0, room());
        while (watched.size() > room) {
            Followed newest = newestFirst.element();
            unwatch(newest);
            sweep(newest);
        }
    }

    private void unwatch(Followed service) {
        Watch<List<ServiceEntry>> watch = watched.remove(service);
        if (watch != null) {
            newestFirst.remove(service);
            watches.stop(watch);
        }
    }

    private void sweep(Followed service) {
        String datacenter = service.key().datacenter();
        sweeps.computeIfAbsent(datacenter, name -> new Sweep(around, watches, name, catalog(name)))
                .join(service);
    }

    private void unsweep(Followed service) {
        Sweep sweep = sweeps.get(service.key().datacenter());
        if (sweep != null) {
            sweep.leave(service);
            if (sweep.unwanted()) {
                sweeps.remove(service.key().datacenter());
                sweep.close();
            }
        }
    }
}
