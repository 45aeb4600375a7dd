package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.NearFirst;
import io.evenkeel.balancer.policy.Pickers;
import io.evenkeel.balancer.policy.PriorityGroups;
import io.evenkeel.balancer.policy.WeightedEndpoints;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.LocalityConfig;
import io.evenkeel.config.LocalityConfig.Prefer;
import io.evenkeel.config.RouteConfig.TagsFallback;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Builds snapshots by one configuration: who is usable, in which groups, near or far, with what weight. Not thread-safe. */
final class SnapshotBuilder {

    private final BalancerConfig config;
    private final RouterPlace place;
    private final Pickers pickers;

    /**
     * An endpoint that does not drain.
     *
     * @param usable whether it is fit, or fitness is ignored
     * @param weight in {@link WeightedEndpoints#UNIT}ths
     */
    private record Candidate(EndpointState endpoint, boolean usable, int weight) {

        boolean has(Iterable<Map.Entry<String, String>> tags) {
            Map<String, String> own = endpoint.reported().tags();
            for (Map.Entry<String, String> tag : tags) {
                if (!tag.getValue().equals(own.get(tag.getKey()))) {
                    return false;
                }
            }
            return true;
        }
    }

    SnapshotBuilder(BalancerConfig config, RouterPlace place, Pickers pickers) {
        this.config = config;
        this.place = place;
        this.pickers = pickers;
    }

    /**
     * A snapshot of these endpoints.
     *
     * @param percent how much of its weight an endpoint gets for being cold, 1 to 100
     */
    UpstreamSnapshot build(
            List<EndpointState> endpoints, ToIntFunction<EndpointState> percent, List<TagSubset.Wish> wishes) {
        pickers.begin();
        List<Candidate> fit = endpoints.stream()
                .filter(endpoint -> !endpoint.draining() && !endpoint.standing().awaitsCheck())
                .map(endpoint -> new Candidate(endpoint, endpoint.standing().fit(), weight(endpoint, percent)))
                .toList();
        boolean panicking = panics(fit);
        List<Candidate> candidates =
                panicking ? fit.stream().map(SnapshotBuilder::whateverItsHealth).toList() : fit;
        LoadBalancer all = inOrder(candidates);
        IdentityHashMap<TagSubset.Wish, LoadBalancer> subsets = new IdentityHashMap<>();
        wishes.forEach(wish -> subsets.put(wish, subset(wish, candidates, all)));
        return new UpstreamSnapshot(endpoints, all, subsets, panicking);
    }

    private static int weight(EndpointState endpoint, ToIntFunction<EndpointState> percent) {
        return Math.max(1, endpoint.weight() * endpoint.standing().weightPercent() * percent.applyAsInt(endpoint));
    }

    private static Candidate whateverItsHealth(Candidate candidate) {
        return new Candidate(candidate.endpoint(), true, candidate.endpoint().weight() * WeightedEndpoints.UNIT);
    }

    /** Too few are fit, and no order of groups makes up for it. */
    private boolean panics(List<Candidate> candidates) {
        if (candidates.isEmpty() || fitShare(candidates) * 100 >= config.panicPercent()) {
            return false;
        }
        return config.priorities().isEmpty()
                || !PriorityGroups.suffice(groups(candidates).stream()
                        .map(SnapshotBuilder::fitShare)
                        .toList());
    }

    private LoadBalancer subset(TagSubset.Wish wish, List<Candidate> candidates, LoadBalancer all) {
        for (int tags = wish.tags().size(); tags > 0; tags--) {
            List<Map.Entry<String, String>> wanted = wish.tags().subList(0, tags);
            List<Candidate> having = where(candidates, candidate -> candidate.has(wanted));
            if (having.stream().anyMatch(Candidate::usable)) {
                return inOrder(having);
            }
            if (wish.fallback() != TagsFallback.LOOSEN) {
                break;
            }
        }
        return wish.fallback() == TagsFallback.NONE ? LoadBalancer.NOTHING : all;
    }

    private LoadBalancer inOrder(List<Candidate> candidates) {
        if (config.priorities().isEmpty()) {
            return nearFirst(candidates);
        }
        return new PriorityGroups(groups(candidates).stream()
                .map(group -> new PriorityGroups.Group(nearFirst(group), fitShare(group)))
                .toList());
    }

    /** By the first set of tags that an endpoint has; those with none come last. */
    private List<List<Candidate>> groups(List<Candidate> candidates) {
        List<List<Candidate>> groups = new ArrayList<>();
        List<Candidate> left = candidates;
        for (Map<String, String> tags : config.priorities()) {
            groups.add(where(left, candidate -> candidate.has(tags.entrySet())));
            left = where(left, candidate -> !candidate.has(tags.entrySet()));
        }
        groups.add(left);
        return groups;
    }

    private LoadBalancer nearFirst(List<Candidate> candidates) {
        Prefer prefer = config.locality().prefer();
        if (prefer == Prefer.NODE) {
            return near(candidates, this::onOwnNode, others -> near(others, this::inOwnZone, this::picker));
        }
        return prefer == Prefer.ZONE ? near(candidates, this::inOwnZone, this::picker) : picker(candidates);
    }

    private LoadBalancer near(
            List<Candidate> candidates, Predicate<Candidate> isNear, Function<List<Candidate>, LoadBalancer> far) {
        List<Candidate> near = where(candidates, isNear);
        LoadBalancer others = far.apply(where(candidates, isNear.negate()));
        if (near.stream().noneMatch(Candidate::usable)) {
            return others;
        }
        return new NearFirst(picker(near), others, config.locality().spillPercent(), fitShare(near));
    }

    private boolean onOwnNode(Candidate candidate) {
        return candidate.endpoint().node().filter(place.node()::equals).isPresent();
    }

    private boolean inOwnZone(Candidate candidate) {
        LocalityConfig locality = config.locality();
        String zone = candidate.endpoint().reported().tags().get(locality.zoneTag());
        return !place.zone().isEmpty() && place.zone().equals(zone);
    }

    private LoadBalancer picker(List<Candidate> candidates) {
        List<Candidate> usable = where(candidates, Candidate::usable);
        return pickers.of(WeightedEndpoints.of(
                usable.stream().map(Candidate::endpoint).toList(),
                usable.stream().mapToInt(Candidate::weight).toArray()));
    }

    private static double fitShare(List<Candidate> candidates) {
        long fit = candidates.stream().filter(Candidate::usable).count();
        return candidates.isEmpty() ? 0 : (double) fit / candidates.size();
    }

    private static List<Candidate> where(List<Candidate> candidates, Predicate<Candidate> is) {
        return candidates.stream().filter(is).toList();
    }
}
