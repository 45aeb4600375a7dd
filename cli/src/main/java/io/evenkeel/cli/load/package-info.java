/** The load that the demo puts on itself, and what it found. */
@NullMarked
package io.evenkeel.cli.load;

import org.jspecify.annotations.NullMarked;
