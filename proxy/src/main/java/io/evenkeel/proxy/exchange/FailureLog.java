package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.loop.LineLimit;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each failed exchange, up to a number of lines per second that an outage cannot turn into a second outage. Clients' own failures, and
 * what they do too often, are only for debugging. Event-loop confined.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("evenkeel.exchange");

    private final LineLimit limit;

    FailureLog(LoopClock clock) {
        this.limit = new LineLimit(clock);
    }

    void log(Failure failure, RequestId id, ExchangeRecord record) {
        if (failure.side() == Side.DOWNSTREAM || failure == Failure.RATE_LIMITED) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("{}", line(failure, id, record));
            }
        } else if (limit.admits()) {
            long suppressed = limit.takeSuppressed();
            if (suppressed > 0) {
                LOG.warn("{} more failed exchanges were not logged one by one", suppressed);
            }
            LOG.warn("{}", line(failure, id, record));
        }
    }

    private static String line(Failure failure, RequestId id, ExchangeRecord record) {
        return "request " + id + ": " + failure.status() + " " + failure.label() + " (" + failure.text() + "), phase "
                + failure.phase() + ", side " + failure.side() + ", upstream " + record.upstream() + ", endpoint "
                + record.endpoint() + ", attempts " + record.attempts();
    }
}
