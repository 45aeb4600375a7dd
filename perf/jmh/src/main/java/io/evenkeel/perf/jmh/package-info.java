/** Micro-benchmarks, one class per step of the data plane. */
@NullMarked
package io.evenkeel.perf.jmh;

import org.jspecify.annotations.NullMarked;
