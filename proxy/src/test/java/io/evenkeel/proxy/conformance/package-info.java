/** What the HTTP/1.1 data plane promises, one row per RFC clause, through real sockets. */
@NullMarked
package io.evenkeel.proxy.conformance;

import org.jspecify.annotations.NullMarked;
