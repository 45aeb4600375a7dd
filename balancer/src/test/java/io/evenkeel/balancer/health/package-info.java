@NullMarked
package io.evenkeel.balancer.health;

import org.jspecify.annotations.NullMarked;
