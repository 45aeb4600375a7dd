/** The demo VVM: a small HTTP server that says who it is and what it got. */
@NullMarked
package io.evenkeel.cli.vvm;

import org.jspecify.annotations.NullMarked;
