/** When to look for moves: nodes that recovered, stayed well and left nobody else in trouble. */
@NullMarked
package io.evenkeel.rebalancer.trigger;

import org.jspecify.annotations.NullMarked;
