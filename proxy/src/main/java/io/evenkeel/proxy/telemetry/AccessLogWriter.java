package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.AccessLogConfig.Format;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's end of the access log: renders a line and leaves it in this loop's ring for the thread that writes.
 *
 * <p><b>Threading.</b> Event-loop confined. Never waits and, once warm, never allocates: a line for which the ring has no room is
 * dropped and counted.
 */
public final class AccessLogWriter {

    private static final LineFormat JSON = new JsonFormat();
    private static final LineFormat COMBINED = new CombinedFormat();

    private final AccessLog log;
    private final LineBuffer line = new LineBuffer();
    private final LoopCounter dropped = new LoopCounter();

    /** The settings that the ring was made for; other settings get a ring of their own, so that no line ends in the wrong file. */
    private @Nullable AccessLogSettings settings;

    private @Nullable ByteRing ring;

    AccessLogWriter(AccessLog log) {
        this.log = log;
    }

    /** Whether to fill in the text of an {@link ExchangeRecord} at all; may change with any reload. */
    public boolean enabled() {
        return log.settings().format() != Format.OFF;
    }

    /** Logs one finished exchange; does nothing while the log is off. The record may be reset when this returns. */
    public void write(ExchangeRecord exchange) {
        AccessLogSettings now = log.settings();
        if (now.format() == Format.OFF) {
            return;
        }
        line.clear();
        (now.format() == Format.JSON ? JSON : COMBINED).render(exchange, line);
        ByteRing ring = ring(now);
        if (!ring.offer(line.bytes(), line.length())) {
            dropped.increment();
        }
        if (ring.moreThanHalfFull()) {
            log.wake();
        }
    }

    private ByteRing ring(AccessLogSettings now) {
        ByteRing current = ring;
        if (current != null && now.equals(settings)) {
            return current;
        }
        if (current != null) {
            current.retire();
        }
        ByteRing made = new ByteRing(now.bufferBytes());
        log.register(made, now);
        ring = made;
        settings = now;
        return made;
    }

    long dropped() {
        return dropped.read();
    }
}
