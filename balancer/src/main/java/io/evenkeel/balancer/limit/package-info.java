/** How much an upstream is asked at once: retry budgets, circuit breakers, adaptive limits. */
@NullMarked
package io.evenkeel.balancer.limit;

import org.jspecify.annotations.NullMarked;
