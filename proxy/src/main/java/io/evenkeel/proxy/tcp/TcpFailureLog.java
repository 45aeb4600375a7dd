package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.loop.LineLimit;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each connection that failed, up to a number of lines per second. What clients do is only for debugging. Event-loop confined. */
final class TcpFailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("evenkeel.tcp");

    private final LineLimit limit;

    TcpFailureLog(LoopClock clock) {
        this.limit = new LineLimit(clock);
    }

    void log(Failure failure, String listener, ExchangeRecord record) {
        if (failure.side() == Side.DOWNSTREAM) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("{}", line(failure, listener, record));
            }
        } else if (limit.admits()) {
            long suppressed = limit.takeSuppressed();
            if (suppressed > 0) {
                LOG.warn("{} more failed connections were not logged one by one", suppressed);
            }
            LOG.warn("{}", line(failure, listener, record));
        }
    }

    /** A connection broke, which is daily business, unless it is a defect of this program. */
    void broken(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection broke: {}", cause.toString());
        } else if (limit.admits()) {
            LOG.error("unexpected fault on a connection, which is closed", cause);
        }
    }

    private static String line(Failure failure, String listener, ExchangeRecord record) {
        return "tcp connection: " + failure.label() + " (" + failure.text() + "), phase " + failure.phase() + ", side "
                + failure.side() + ", listener " + listener + ", upstream " + record.upstream() + ", endpoint "
                + record.endpoint() + ", attempts " + record.attempts();
    }
}
