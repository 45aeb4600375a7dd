/** One endpoint: its counts, what is known of its health, and the permits to use it. */
@NullMarked
package io.evenkeel.balancer.endpoint;

import org.jspecify.annotations.NullMarked;
