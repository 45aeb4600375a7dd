package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.Standing.Health;

/**
 * What the checks of one endpoint say in all: it takes several in a row to change a verdict, and one that passes to find the first. Not
 * thread-safe.
 */
final class Verdict {

    private final int unhealthyAfter;
    private final int healthyAfter;
    private Health health;

    /** Checks in a row that spoke against the verdict. */
    private int against;

    Verdict(int unhealthyAfter, int healthyAfter, Health health) {
        this.unhealthyAfter = unhealthyAfter;
        this.healthyAfter = healthyAfter;
        this.health = health;
    }

    Health health() {
        return health;
    }

    /** Whether the next checks may change it. */
    boolean changing() {
        return health == Health.UNKNOWN || against > 0;
    }

    void passed() {
        if (health == Health.HEALTHY) {
            against = 0;
        } else if (health == Health.UNKNOWN || ++against >= healthyAfter) {
            become(Health.HEALTHY);
        }
    }

    void failed() {
        if (health == Health.UNHEALTHY) {
            against = 0;
        } else if (++against >= unhealthyAfter) {
            become(Health.UNHEALTHY);
        }
    }

    /** The endpoint has been silent for too long to be waited for. */
    void suspected() {
        become(Health.UNHEALTHY);
    }

    private void become(Health now) {
        health = now;
        against = 0;
    }
}
