/** The operator's door: health, readiness, metrics, state and a few commands, on an address of its own, apart from the data plane. */
@NullMarked
package io.evenkeel.proxy.admin;

import org.jspecify.annotations.NullMarked;
