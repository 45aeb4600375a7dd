/**
 * HTTP/2 beside HTTP/1.1: header sections turned into the octets that everything else here works on and back, and limits on floods. Knows nothing of
 * exchanges, routes or endpoints.
 */
@NullMarked
package io.evenkeel.proxy.http2;

import org.jspecify.annotations.NullMarked;
