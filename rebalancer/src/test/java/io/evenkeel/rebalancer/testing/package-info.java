/** A Swarm and routers to try the rebalancer against, where a real cluster could not be stopped at every step. */
@NullMarked
package io.evenkeel.rebalancer.testing;

import org.jspecify.annotations.NullMarked;
