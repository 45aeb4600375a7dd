package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.Arrays;
import java.util.List;

/**
 * Endpoints that may be sent new attempts and how much each can take. Two are equal when they hold the same endpoints in the same order
 * with the same weights. Immutable.
 */
public final class WeightedEndpoints {

    /** The weight of an endpoint that its sources give weight 1 and of which nothing is held back: room for shares of it, down to 0.01 %. */
    public static final int UNIT = 10_000;

    /** A thousand units: the greatest weight a source can give. */
    public static final int MOST = 1_000 * UNIT;

    private final EndpointState[] endpoints;
    private final int[] weights;

    private WeightedEndpoints(EndpointState[] endpoints, int[] weights) {
        this.endpoints = endpoints;
        this.weights = weights;
    }

    /** @param weights of each, in {@value #UNIT}ths, 1 to {@value #MOST} */
    public static WeightedEndpoints of(List<EndpointState> endpoints, int[] weights) {
        for (int weight : weights) {
            if (weight < 1 || weight > MOST) {
                throw new IllegalArgumentException("weight: " + weight);
            }
        }
        return new WeightedEndpoints(endpoints.toArray(EndpointState[]::new), weights.clone());
    }

    /** These, all with weight 1. */
    public static WeightedEndpoints equal(EndpointState... endpoints) {
        int[] weights = new int[endpoints.length];
        Arrays.fill(weights, UNIT);
        return new WeightedEndpoints(endpoints.clone(), weights);
    }

    public int size() {
        return endpoints.length;
    }

    /** Whether all have the same weight. */
    public boolean even() {
        for (int weight : weights) {
            if (weight != weights[0]) {
                return false;
            }
        }
        return true;
    }

    public long totalWeight() {
        long total = 0;
        for (int weight : weights) {
            total += weight;
        }
        return total;
    }

    /** A copy. */
    EndpointState[] endpoints() {
        return endpoints.clone();
    }

    /** In {@value #UNIT}ths; a copy. */
    int[] weights() {
        return weights.clone();
    }

    /** One over each weight, in units of the lightest weight: 1 for that one, less for the others. */
    double[] inverseWeights() {
        int least = Arrays.stream(weights).min().orElse(1);
        return Arrays.stream(weights)
                .mapToDouble(weight -> (double) least / weight)
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedEndpoints that
                && Arrays.equals(endpoints, that.endpoints)
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(endpoints) + Arrays.hashCode(weights);
    }
}
