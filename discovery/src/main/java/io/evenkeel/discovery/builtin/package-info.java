/** The sources this program brings, made from configuration. */
@NullMarked
package io.evenkeel.discovery.builtin;

import org.jspecify.annotations.NullMarked;
