/** Endpoints that fail in every way, an open-loop load that measures what clients feel, and the cases a proxy between them must stand. */
@NullMarked
package io.evenkeel.perf.faults;

import org.jspecify.annotations.NullMarked;
