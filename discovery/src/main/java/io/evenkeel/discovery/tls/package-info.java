/** TLS for connections that discovery opens, from PEM texts in the configuration. */
@NullMarked
package io.evenkeel.discovery.tls;

import org.jspecify.annotations.NullMarked;
