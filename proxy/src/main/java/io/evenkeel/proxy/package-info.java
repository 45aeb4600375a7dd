/** The data plane: a request enters at the listener and leaves its record in telemetry. */
@NullMarked
package io.evenkeel.proxy;

import org.jspecify.annotations.NullMarked;
