/** The faulty endpoints and the load, tested against each other, and the soak test of the router between them. */
@NullMarked
package io.evenkeel.perf.faults;

import org.jspecify.annotations.NullMarked;
