package io.evenkeel.proxy.tls;

import io.evenkeel.config.UpstreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of every upstream that has any.
 *
 * <p><b>Threading.</b> {@link #of} is called on event loops; the rest by one other thread at a time.
 */
public final class UpstreamTlsTable {

    /** Publishes what is in force; {@link Change#commit} writes, event loops read. */
    private volatile Map<String, UpstreamTls> byUpstream = Map.of();

    /** What was read, and is not in force yet. */
    public final class Change {

        private final Map<String, UpstreamTls> next = new HashMap<>();

        private Change() {}

        /** @param loops the event loops, which may still be using what is replaced */
        public void commit(List<? extends Executor> loops) {
            Map<String, UpstreamTls> before = byUpstream;
            byUpstream = Map.copyOf(next);
            List<UpstreamTls> gone = before.values().stream()
                    .filter(each -> !byUpstream.containsValue(each))
                    .toList();
            if (!gone.isEmpty()) {
                LoopBarrier.after(loops, () -> gone.forEach(UpstreamTls::release));
            }
        }

        public void abandon() {
            next.values().stream()
                    .filter(each -> !byUpstream.containsValue(each))
                    .forEach(UpstreamTls::release);
        }
    }

    /**
     * Makes what this configuration needs and is not there yet.
     *
     * @throws UncheckedIOException with one line that names the upstream and the reason
     */
    public Change prepare(List<UpstreamConfig> upstreams) {
        Change change = new Change();
        try {
            for (UpstreamConfig upstream : upstreams) {
                if (upstream.tls().enabled()) {
                    UpstreamTls now = byUpstream.get(upstream.name());
                    change.next.put(
                            upstream.name(), now != null && now.serves(upstream) ? now : UpstreamTls.of(upstream));
                }
            }
            return change;
        } catch (IllegalArgumentException e) {
            change.abandon();
            throw new UncheckedIOException(String.valueOf(e.getMessage()), new IOException(e));
        }
    }

    /** Frees what is in force; nothing uses it any more. */
    public void close() {
        byUpstream.values().forEach(UpstreamTls::release);
        byUpstream = Map.of();
    }

    /** That of the upstream of this name, or null where it has none. */
    public @Nullable UpstreamTls of(String upstream) {
        return byUpstream.get(upstream);
    }
}
