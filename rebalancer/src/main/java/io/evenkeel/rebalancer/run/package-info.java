/** Carries plans out, a move at a time and a step at a time, so that each can be taken back or gone on with by whoever comes next. */
@NullMarked
package io.evenkeel.rebalancer.run;

import org.jspecify.annotations.NullMarked;
