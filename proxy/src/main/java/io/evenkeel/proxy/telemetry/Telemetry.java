package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.AccessLogConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that the router counts and logs of its exchanges: one {@link LoopTelemetry} per event loop and the access log.
 *
 * <p><b>Threading.</b> All methods may be called from any thread but an event loop; {@link #loop} from any thread.
 */
public final class Telemetry implements AutoCloseable {

    private final AccessLog accessLog = new AccessLog();
    private final List<LoopTelemetry> loops;

    /**
     * @param eventLoops how many event loops there are, 1 or more
     * @throws java.io.UncheckedIOException with one line that names the access log's file if that cannot be opened
     */
    public Telemetry(int eventLoops, AccessLogConfig accessLog) {
        this.accessLog.apply(accessLog);
        this.loops = Stream.generate(() -> new LoopTelemetry(new AccessLogWriter(this.accessLog)))
                .limit(eventLoops)
                .toList();
    }

    /** What the event loop of this index, from 0, counts and logs with. */
    public LoopTelemetry loop(int index) {
        return loops.get(index);
    }

    /**
     * Puts other access log settings in force.
     *
     * @throws java.io.UncheckedIOException if the file cannot be opened; the settings stay as they were
     */
    public void accessLog(AccessLogConfig config) {
        accessLog.apply(config);
    }

    /** Opens the access log's file again, after a log rotation moved it away. */
    public void reopenAccessLog() {
        accessLog.reopen();
    }

    /** Writes what the access log still holds, within two seconds, and turns it off; counts can still be read. Idempotent. */
    @Override
    public void close() {
        accessLog.close();
    }
}
