/** Discovery under live traffic: registries fail and lie, and no request may. */
@NullMarked
package io.evenkeel.proxy.live;

import org.jspecify.annotations.NullMarked;
