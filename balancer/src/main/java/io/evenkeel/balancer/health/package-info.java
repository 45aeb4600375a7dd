/** Which endpoints are fit for use: active checks, suspicion, and what their answers in traffic show. */
@NullMarked
package io.evenkeel.balancer.health;

import org.jspecify.annotations.NullMarked;
