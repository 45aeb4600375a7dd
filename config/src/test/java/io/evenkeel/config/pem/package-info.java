/** Tests of certificates and keys as PEM. */
@NullMarked
package io.evenkeel.config.pem;

import org.jspecify.annotations.NullMarked;
