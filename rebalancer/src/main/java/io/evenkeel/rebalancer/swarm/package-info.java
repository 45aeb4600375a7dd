/** A cluster as the Engine API tells it, and the few changes of services that are ever asked for. */
@NullMarked
package io.evenkeel.rebalancer.swarm;

import org.jspecify.annotations.NullMarked;
