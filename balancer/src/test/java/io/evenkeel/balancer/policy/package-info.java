@NullMarked
package io.evenkeel.balancer.policy;

import org.jspecify.annotations.NullMarked;
