/** Tests of TLS from PEM texts. */
@NullMarked
package io.evenkeel.discovery.tls;

import org.jspecify.annotations.NullMarked;
