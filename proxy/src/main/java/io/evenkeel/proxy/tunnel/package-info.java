/** Connections that carry another protocol after an upgrade: bytes both ways, and how that ends. */
@NullMarked
package io.evenkeel.proxy.tunnel;

import org.jspecify.annotations.NullMarked;
