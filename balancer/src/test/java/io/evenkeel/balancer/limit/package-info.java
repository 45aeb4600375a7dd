@NullMarked
package io.evenkeel.balancer.limit;

import org.jspecify.annotations.NullMarked;
