/** The routers' admin endpoints: what they say of endpoints, and drains. */
@NullMarked
package io.evenkeel.rebalancer.router;

import org.jspecify.annotations.NullMarked;
