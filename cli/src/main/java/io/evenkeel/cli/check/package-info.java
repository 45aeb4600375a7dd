/** Tries every source of a configuration once, and says how each fares. */
@NullMarked
package io.evenkeel.cli.check;

import org.jspecify.annotations.NullMarked;
