/** Tests of what makes sources. */
@NullMarked
package io.evenkeel.discovery.builtin;

import org.jspecify.annotations.NullMarked;
