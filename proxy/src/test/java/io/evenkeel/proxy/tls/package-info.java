/** Tests of TLS, with real clients and endpoints. */
@NullMarked
package io.evenkeel.proxy.tls;

import org.jspecify.annotations.NullMarked;
