/** Asks endpoints over the network whether they serve. On an event loop of its own: the data plane never waits for it. */
@NullMarked
package io.evenkeel.proxy.health;

import org.jspecify.annotations.NullMarked;
