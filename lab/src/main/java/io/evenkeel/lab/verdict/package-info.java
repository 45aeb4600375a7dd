/** What must be true of a recording, with the figures that say whether it is. */
@NullMarked
package io.evenkeel.lab.verdict;

import org.jspecify.annotations.NullMarked;
