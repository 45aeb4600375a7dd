/** A steady load on the routers that a fair client would use. */
@NullMarked
package io.evenkeel.lab.load;

import org.jspecify.annotations.NullMarked;
