@NullMarked
package io.evenkeel.balancer.endpoint;

import org.jspecify.annotations.NullMarked;
