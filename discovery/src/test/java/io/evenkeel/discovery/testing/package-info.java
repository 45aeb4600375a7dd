/** What tests of discovery stand on, here and in other modules: virtual time, scripted sources, servers that lie. */
@NullMarked
package io.evenkeel.discovery.testing;

import org.jspecify.annotations.NullMarked;
