/** What the router does when it runs out of something itself: it measures, and eases its load step by step. */
@NullMarked
package io.evenkeel.proxy.overload;

import org.jspecify.annotations.NullMarked;
