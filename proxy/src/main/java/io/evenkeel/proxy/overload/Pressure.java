package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;

/** How much of one {@link Resource} is used. <b>Threading.</b> Asked by the monitor's thread only. */
@FunctionalInterface
public interface Pressure {

    /** The share of its limit that is used now: 0 nothing, 1 all; it may be more. */
    double share(OverloadConfig limits);
}
