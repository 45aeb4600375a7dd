/** The last good sets on disk, so that a router that starts while every registry is down has endpoints. */
@NullMarked
package io.evenkeel.discovery.state;

import org.jspecify.annotations.NullMarked;
