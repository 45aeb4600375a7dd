/** The PROXY protocol, versions 1 and 2: read strictly, and written. */
@NullMarked
package io.evenkeel.proxy.proxyprotocol;

import org.jspecify.annotations.NullMarked;
