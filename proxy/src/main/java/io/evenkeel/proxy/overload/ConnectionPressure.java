package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import java.util.function.LongSupplier;

/** The open client connections of all listeners. */
record ConnectionPressure(LongSupplier open) implements Pressure {

    @Override
    public double share(OverloadConfig limits) {
        return limits.connections() == 0 ? 0 : (double) open.getAsLong() / limits.connections();
    }
}
