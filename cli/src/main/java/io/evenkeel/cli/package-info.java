/** The evenkeel command: one class per subcommand, exit codes, signals and log lines. */
@NullMarked
package io.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
