/** Bound addresses: one listening socket per event loop, and who may connect. */
@NullMarked
package io.evenkeel.proxy.listener;

import org.jspecify.annotations.NullMarked;
