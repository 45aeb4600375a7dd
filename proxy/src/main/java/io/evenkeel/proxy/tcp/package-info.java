/** TCP listeners: a connection is let in, perhaps looked at for the server it names, and joined with one to an endpoint. */
@NullMarked
package io.evenkeel.proxy.tcp;

import org.jspecify.annotations.NullMarked;
