/** The commands of {@code evenkeel lab} that put load on a cluster and drill it. */
@NullMarked
package io.evenkeel.lab;

import org.jspecify.annotations.NullMarked;
