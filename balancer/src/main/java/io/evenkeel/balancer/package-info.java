/** Which endpoint serves an exchange: upstream snapshots, load-balancing policies, permits. */
@NullMarked
package io.evenkeel.balancer;

import org.jspecify.annotations.NullMarked;
