@NullMarked
package io.evenkeel.balancer;

import org.jspecify.annotations.NullMarked;
