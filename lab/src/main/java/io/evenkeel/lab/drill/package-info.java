/** The drills: what is done to the cluster, when, and what must come of it. */
@NullMarked
package io.evenkeel.lab.drill;

import org.jspecify.annotations.NullMarked;
