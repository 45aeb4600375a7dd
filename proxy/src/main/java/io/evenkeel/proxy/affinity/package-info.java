/** What brings a request back to the endpoint that served one before: a key, a signed cookie, a key that an endpoint made known. */
@NullMarked
package io.evenkeel.proxy.affinity;

import org.jspecify.annotations.NullMarked;
