package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.UpstreamConfig;

/**
 * An upstream that connections of a TCP listener go to. Immutable.
 *
 * @param index its place among the destinations of its listener, from 0
 */
record Destination(int index, Upstream upstream, UpstreamConfig config) {}
