/** Tests of the event stream in virtual time. */
@NullMarked
package io.evenkeel.discovery.events;

import org.jspecify.annotations.NullMarked;
