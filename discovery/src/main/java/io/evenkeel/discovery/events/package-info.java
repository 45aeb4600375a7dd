/** What happened to endpoints, nodes and sources: numbered, counted, logged, and handed to whoever listens. */
@NullMarked
package io.evenkeel.discovery.events;

import org.jspecify.annotations.NullMarked;
