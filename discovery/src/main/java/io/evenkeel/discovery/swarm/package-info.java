/** Docker Swarm as the Engine API tells of it: nodes, services and tasks, the endpoints they make, and what services say by labels. */
@NullMarked
package io.evenkeel.discovery.swarm;

import org.jspecify.annotations.NullMarked;
