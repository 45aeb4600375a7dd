/** What to move: a model of Swarm's scheduler, and the fewest moves that make a cluster even. Pure functions, no I/O. */
@NullMarked
package io.evenkeel.rebalancer.plan;

import org.jspecify.annotations.NullMarked;
