/** Which upstream a request is for: an immutable table, matched on octets. */
@NullMarked
package io.evenkeel.proxy.route;

import org.jspecify.annotations.NullMarked;
