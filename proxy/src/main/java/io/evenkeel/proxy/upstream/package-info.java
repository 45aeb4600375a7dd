/** Connections to endpoints: one pool per endpoint and event loop. */
@NullMarked
package io.evenkeel.proxy.upstream;

import org.jspecify.annotations.NullMarked;
