/** Load that wrk cannot give: a constant rate measured from the time each request was due, and idle connections. */
@NullMarked
package io.evenkeel.perf.load;

import org.jspecify.annotations.NullMarked;
