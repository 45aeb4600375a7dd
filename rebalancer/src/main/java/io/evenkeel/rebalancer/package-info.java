/** Moves Swarm tasks back after a node has recovered, because Swarm never does. */
@NullMarked
package io.evenkeel.rebalancer;

import org.jspecify.annotations.NullMarked;
