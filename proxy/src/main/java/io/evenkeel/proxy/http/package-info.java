/**
 * HTTP/1.1 as bytes: one-pass head scanning, strict framing, bodies that stream, heads that are rewritten once. Knows nothing of
 * sockets, routes or endpoints.
 */
@NullMarked
package io.evenkeel.proxy.http;

import org.jspecify.annotations.NullMarked;
