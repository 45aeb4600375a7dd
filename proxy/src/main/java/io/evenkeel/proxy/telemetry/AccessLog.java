package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.AccessLogConfig.Format;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log of all event loops: what it looks like now, and the thread that writes it, which exists from the first time the
 * log is on.
 *
 * <p><b>Threading.</b> {@link #apply}, {@link #reopen} and {@link #close} are serialised by the lock, which guards the target;
 * {@link #config}, {@link #register} and {@link #wake} are called by event loops, never take it and never wait.
 */
final class AccessLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    private Optional<String> file = Optional.empty();

    /** Publishes the settings in force; written under the lock, read by event loops for each exchange. */
    private volatile AccessLogConfig config = new AccessLogConfig(Format.OFF, Optional.empty(), 0);

    /** Publishes the thread before the settings that need it; written under the lock, once; read by event loops. */
    private volatile @Nullable AccessLogThread thread;

    /**
     * Puts other settings in force. A few lines in flight may still have the old format.
     *
     * @throws UncheckedIOException if the file cannot be opened; the settings stay as they were
     */
    synchronized void apply(AccessLogConfig wanted) {
        if (wanted.format() != Format.OFF) {
            openTarget(wanted.file());
        }
        config = wanted;
    }

    private void openTarget(Optional<String> wanted) {
        AccessLogThread running = thread;
        if (running == null) {
            AccessLogThread started = new AccessLogThread(LogTarget.open(wanted));
            started.start();
            thread = started;
        } else if (!wanted.equals(file)) {
            running.replaceTarget(LogTarget.open(wanted));
        }
        file = wanted;
    }

    /** Opens the file again, after somebody has moved it away; when that fails, the log goes on in the file that was moved. */
    synchronized void reopen() {
        AccessLogThread running = thread;
        if (running == null || file.isEmpty()) {
            return;
        }
        try {
            running.replaceTarget(LogTarget.open(file));
        } catch (UncheckedIOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    AccessLogConfig config() {
        return config;
    }

    void register(ByteRing ring) {
        AccessLogThread running = thread;
        if (running != null) {
            running.add(ring);
        }
    }

    void wake() {
        AccessLogThread running = thread;
        if (running != null) {
            running.wake();
        }
    }

    /** Lines that the target did not take. */
    long lost() {
        AccessLogThread running = thread;
        return running == null ? 0 : running.lost();
    }

    @Override
    public synchronized void close() {
        config = new AccessLogConfig(Format.OFF, file, 0);
        AccessLogThread running = thread;
        if (running != null) {
            running.stop();
        }
    }
}
