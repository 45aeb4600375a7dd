package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of endpoints of which the earlier ones serve as long as enough of each is fit. Immutable.
 *
 * <p>A group takes {@value #OVERPROVISIONING} times the share of it that is fit, at most everything; what it cannot take goes to the
 * next, so that traffic moves on gradually. When all together cannot take everything, each takes its part of what they can (Envoy's priority levels).
 * A request with a key goes to the same group whenever it comes.
 */
public final class PriorityGroups implements LoadBalancer {

    /** As Envoy has it: a group serves alone until less than 1 ÷ 1.4, or 71 %, of it is fit. */
    static final double OVERPROVISIONING = 1.4;

    /** Chances are multiples of one over this. */
    private static final int CHANCES = 1 << 20;

    private final LoadBalancer[] groups;
    private final int[] thresholds;

    /**
     * A group of endpoints.
     *
     * @param fitShare how much of the group's weight is fit, 0 to 1
     */
    public record Group(LoadBalancer balancer, double fitShare) {}

    /** @param groups at least one, the first first */
    public PriorityGroups(List<Group> groups) {
        this.groups = groups.stream().map(Group::balancer).toArray(LoadBalancer[]::new);
        this.thresholds = thresholds(groups);
    }

    /** Whether these can take all of the traffic between them. */
    public static boolean suffice(List<Double> fitShares) {
        return fitShares.stream().mapToDouble(PriorityGroups::capacity).sum() >= 1;
    }

    private static double capacity(double fitShare) {
        return Math.min(1, OVERPROVISIONING * fitShare);
    }

    private static int[] thresholds(List<Group> groups) {
        double together =
                groups.stream().mapToDouble(group -> capacity(group.fitShare())).sum();
        double scale = together > 0 && together < 1 ? 1 / together : 1;
        double upTo = 0;
        int[] thresholds = new int[groups.size()];
        for (int i = 0; i < thresholds.length; i++) {
            upTo = Math.min(1, upTo + capacity(groups.get(i).fitShare()) * scale);
            thresholds[i] = (int) Math.round(upTo * CHANCES);
        }
        return thresholds;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int chosen = group(key == NO_KEY ? state.random(CHANCES) : (int) (Mix.of(~key) & (CHANCES - 1)));
        EndpointState picked = groups[chosen].pick(state.branch(chosen), key, tried);
        if (picked != null && !tried.contains(picked)) {
            return picked;
        }
        for (int i = 0; i < groups.length; i++) {
            EndpointState other = groups[i].pick(state.branch(i), key, tried);
            if (other != null && !tried.contains(other)) {
                return other;
            }
            picked = picked == null ? other : picked;
        }
        return picked;
    }

    private int group(int chance) {
        for (int i = 0; i < thresholds.length; i++) {
            if (chance < thresholds[i]) {
                return i;
            }
        }
        return 0;
    }
}
