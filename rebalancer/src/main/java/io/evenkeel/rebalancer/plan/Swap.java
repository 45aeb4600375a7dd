package io.evenkeel.rebalancer.plan;

/** How a task of a service is moved to another node. */
public enum Swap {
    /** The new task is healthy before the old one goes. */
    SURGE,
    /** The old task goes first, because the new one cannot become healthy beside it. */
    HANDOFF
}
