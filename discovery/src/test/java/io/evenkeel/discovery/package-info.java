@NullMarked
package io.evenkeel.discovery;

import org.jspecify.annotations.NullMarked;
