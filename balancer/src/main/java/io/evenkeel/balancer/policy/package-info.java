/** How an endpoint is picked from the usable ones. */
@NullMarked
package io.evenkeel.balancer.policy;

import org.jspecify.annotations.NullMarked;
