package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;

/** How much of one {@link Resource} is used. <b>Threading.</b> Asked by the monitor's thread only. */
public interface Pressure {

    /** The share of its limit that is used now: 0 nothing, 1 all; it may be more. */
    double share(OverloadConfig limits);

    /** How many more client connections bring it to this pressure, in per cent; asked after {@link #share}. Less than 0: it is beyond. */
    default long room(OverloadConfig limits, int percent) {
        return Long.MAX_VALUE;
    }
}
