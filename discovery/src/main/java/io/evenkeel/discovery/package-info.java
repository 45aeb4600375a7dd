/** Where endpoints come from: sources, their merging, and the last good set that survives every fault. */
@NullMarked
package io.evenkeel.discovery;

import org.jspecify.annotations.NullMarked;
