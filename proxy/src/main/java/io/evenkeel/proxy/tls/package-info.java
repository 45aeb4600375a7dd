/** TLS: what a client's hello asks for, the certificates that answer it, and how connections to endpoints are encrypted. */
@NullMarked
package io.evenkeel.proxy.tls;

import org.jspecify.annotations.NullMarked;
