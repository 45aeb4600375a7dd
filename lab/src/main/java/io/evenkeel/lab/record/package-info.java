/** What was seen during a drill, and what of it can be told from the figures alone. */
@NullMarked
package io.evenkeel.lab.record;

import org.jspecify.annotations.NullMarked;
