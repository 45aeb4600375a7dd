/** The black-box harness: a raw client, an upstream that records and lies, and a router between them that is held to its invariants. */
@NullMarked
package io.evenkeel.proxy.testing;

import org.jspecify.annotations.NullMarked;
