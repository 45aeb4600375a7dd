/** How many requests a route takes of each client or key. */
@NullMarked
package io.evenkeel.proxy.ratelimit;

import org.jspecify.annotations.NullMarked;
