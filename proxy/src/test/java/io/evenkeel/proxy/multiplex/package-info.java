@NullMarked
package io.evenkeel.proxy.multiplex;

import org.jspecify.annotations.NullMarked;
