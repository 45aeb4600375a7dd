/** Suites that nobody here wrote: each is a process, and so are the router and what it stands before. */
@NullMarked
package io.evenkeel.conformance;

import org.jspecify.annotations.NullMarked;
