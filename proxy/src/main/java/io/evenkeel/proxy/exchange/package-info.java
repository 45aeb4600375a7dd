/** One request and its response: from the head that was read to the record that is kept. */
@NullMarked
package io.evenkeel.proxy.exchange;

import org.jspecify.annotations.NullMarked;
