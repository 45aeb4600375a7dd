/** What is asked of Consul: nodes, the lock of the one active rebalancer, what is remembered. */
@NullMarked
package io.evenkeel.rebalancer.consul;

import org.jspecify.annotations.NullMarked;
