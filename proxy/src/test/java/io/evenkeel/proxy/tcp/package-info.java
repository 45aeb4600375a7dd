/** TCP listeners through real sockets, and the parts they are made of. */
@NullMarked
package io.evenkeel.proxy.tcp;

import org.jspecify.annotations.NullMarked;
