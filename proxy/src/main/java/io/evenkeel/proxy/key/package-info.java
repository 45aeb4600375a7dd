/** Which requests belong together: keys made of what a request says, and bounded tables by such keys. */
@NullMarked
package io.evenkeel.proxy.key;

import org.jspecify.annotations.NullMarked;
