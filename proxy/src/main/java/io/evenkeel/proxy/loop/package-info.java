/** What an event loop is made of: its transport, its clock and its deadlines. */
@NullMarked
package io.evenkeel.proxy.loop;

import org.jspecify.annotations.NullMarked;
