/** The lab as it is: its nodes, what their engines say, what its rebalancers say, and the commands that change it. */
@NullMarked
package io.evenkeel.lab.cluster;

import org.jspecify.annotations.NullMarked;
