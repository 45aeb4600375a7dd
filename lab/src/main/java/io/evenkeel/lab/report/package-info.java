/** A recording as pages, plots and tables. */
@NullMarked
package io.evenkeel.lab.report;

import org.jspecify.annotations.NullMarked;
