/** Tests of trying sources. */
@NullMarked
package io.evenkeel.cli.check;

import org.jspecify.annotations.NullMarked;
