/** Gatling scenarios: how a running router behaves under an open workload, with assertions. */
@NullMarked
package io.evenkeel.perf.gatling;

import org.jspecify.annotations.NullMarked;
