package io.evenkeel.proxy.upstream;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why endpoints cannot be spoken to, which the exchanges that fail for it do not: one line per second, whatever happens. Event-loop confined.
 */
final class TlsFaultLog {

    private static final Logger LOG = LoggerFactory.getLogger("evenkeel.upstream");
    private static final long INTERVAL_NANOS = 1_000_000_000;

    /** Characters; what TLS libraries say can go on for pages. */
    private static final int MAX_REASON = 200;

    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private long suppressed;

    void log(String upstream, InetSocketAddress address, Throwable cause) {
        long now = System.nanoTime();
        if (now - lastNanos < INTERVAL_NANOS) {
            suppressed++;
            return;
        }
        lastNanos = now;
        LOG.warn(
                "upstream {}: TLS with endpoint {} failed: {}{}",
                upstream,
                NetUtil.toSocketAddressString(address),
                reason(cause),
                suppressed == 0 ? "" : " (and " + suppressed + " more since the last line)");
        suppressed = 0;
    }

    /** What the innermost cause says, which is the one that means something, on one line. */
    static String reason(Throwable cause) {
        Throwable inner = cause;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String text = inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }
}
