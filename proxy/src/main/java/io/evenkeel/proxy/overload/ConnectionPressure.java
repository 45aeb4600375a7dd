package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import java.util.function.LongSupplier;

/** The open client connections of all listeners. */
record ConnectionPressure(LongSupplier open) implements Pressure {

    private static final int PERCENT = 100;

    @Override
    public double share(OverloadConfig limits) {
        return limits.connections() == 0 ? 0 : (double) open.getAsLong() / limits.connections();
    }

    @Override
    public long room(OverloadConfig limits, int percent) {
        return limits.connections() == 0
                ? Long.MAX_VALUE
                : (long) limits.connections() * percent / PERCENT - open.getAsLong();
    }
}
