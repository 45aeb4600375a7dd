/** Swarm tasks written into Consul, so that a cluster whose services do not register themselves has its endpoints there too. */
@NullMarked
package io.evenkeel.discovery.register;

import org.jspecify.annotations.NullMarked;
