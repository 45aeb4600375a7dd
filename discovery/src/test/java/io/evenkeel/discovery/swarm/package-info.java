/** Tests of Swarm as the Engine API tells of it. */
@NullMarked
package io.evenkeel.discovery.swarm;

import org.jspecify.annotations.NullMarked;
