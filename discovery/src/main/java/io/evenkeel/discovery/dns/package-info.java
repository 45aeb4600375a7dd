/** Endpoints from DNS: addresses and service records, asked for at an interval of our own. */
@NullMarked
package io.evenkeel.discovery.dns;

import org.jspecify.annotations.NullMarked;
