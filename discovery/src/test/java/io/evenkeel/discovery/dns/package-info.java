/** Tests of the DNS sources, against a server that lies, truncates and stalls. */
@NullMarked
package io.evenkeel.discovery.dns;

import org.jspecify.annotations.NullMarked;
