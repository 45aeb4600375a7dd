@NullMarked
package io.evenkeel.proxy.health;

import org.jspecify.annotations.NullMarked;
