/** Tests of Swarm tasks written into Consul. */
@NullMarked
package io.evenkeel.discovery.register;

import org.jspecify.annotations.NullMarked;
