package io.evenkeel.proxy.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Hears every leak that Netty reports. It listens to the detector's log because that works however early Netty was loaded.
 *
 * <p><b>Threading.</b> Reports come from any thread.
 */
public final class LeakWatch implements AutoCloseable {

    /** Allocations after which the detector has looked at its queue of collected buffers many times. */
    private static final int PROBES = 256;

    private final Logger log = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains("LEAK")) {
                leaks.add(event.getFormattedMessage());
            }
        }
    };

    /** Listens from now on. */
    public LeakWatch() {
        appender.start();
        log.addAppender(appender);
    }

    /** Collects garbage, lets the detector look, and returns what it has reported since this watch began. */
    @SuppressWarnings("System.gc") // a leaked buffer is only known once it is collected
    public List<String> leaks() {
        System.gc();
        for (int i = 0; i < PROBES; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        return List.copyOf(leaks);
    }

    @Override
    public void close() {
        log.detachAppender(appender);
        appender.stop();
    }
}
