/** Where log events become lines on stderr. */
@NullMarked
package io.evenkeel.cli.log;

import org.jspecify.annotations.NullMarked;
