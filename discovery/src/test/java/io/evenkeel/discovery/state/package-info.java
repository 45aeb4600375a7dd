/** Tests of the state file. */
@NullMarked
package io.evenkeel.discovery.state;

import org.jspecify.annotations.NullMarked;
