/** The PROXY protocol by the letter of its specification. */
@NullMarked
package io.evenkeel.proxy.proxyprotocol;

import org.jspecify.annotations.NullMarked;
