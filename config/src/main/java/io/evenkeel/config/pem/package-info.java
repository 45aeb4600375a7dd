/** Certificates and private keys as PEM: read, checked, and found in folders. */
@NullMarked
package io.evenkeel.config.pem;

import org.jspecify.annotations.NullMarked;
