package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.AccessLogConfig.Format;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log of all event loops: its settings, and the thread that writes it, which exists from the first time the log is on.
 *
 * <p>Every change of the settings opens a target of its own, and every event loop fills a ring of its own for it, so each line ends in
 * the file it was rendered for. A loop moves on with its first line after the change; the last one to do so closes the old file. A
 * file that no loop ever wrote to is closed by its channel's cleaner.
 *
 * <p><b>Threading.</b> {@link #apply}, {@link #reopen} and {@link #close} are serialised by the lock, which guards the configuration;
 * {@link #settings}, {@link #register} and {@link #wake} are called by event loops, never take it and never wait.
 */
final class AccessLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final AccessLogSettings OFF = new AccessLogSettings(Format.OFF, 0, LogTarget.NOWHERE);

    private @Nullable AccessLogConfig config;

    /** Publishes the settings in force; written under the lock, read by event loops for each exchange. */
    private volatile AccessLogSettings settings = OFF;

    /** Publishes the thread, before the settings that need it; written under the lock, once; read by event loops. */
    private volatile @Nullable AccessLogThread thread;

    /**
     * Puts a configuration in force; does nothing if it already is.
     *
     * @throws UncheckedIOException if the file cannot be opened; everything stays as it was
     */
    synchronized void apply(AccessLogConfig wanted) {
        if (!wanted.equals(config)) {
            replaceSettings(wanted);
            config = wanted;
        }
    }

    /** Opens the file again, after somebody has moved it away; when that fails, the log goes on in the file that was moved. */
    synchronized void reopen() {
        AccessLogConfig current = config;
        if (current == null || current.file().isEmpty()) {
            return;
        }
        try {
            replaceSettings(current);
        } catch (UncheckedIOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void replaceSettings(AccessLogConfig wanted) {
        if (wanted.format() == Format.OFF) {
            settings = OFF;
        } else {
            LogTarget target = LogTarget.open(wanted.file());
            startThread();
            settings = new AccessLogSettings(wanted.format(), wanted.bufferBytes(), target);
        }
    }

    private void startThread() {
        if (thread == null) {
            AccessLogThread started = new AccessLogThread();
            started.start();
            thread = started;
        }
    }

    AccessLogSettings settings() {
        return settings;
    }

    void register(ByteRing ring, AccessLogSettings madeFor) {
        AccessLogThread running = thread;
        if (running != null) {
            running.add(ring, madeFor.target());
        }
    }

    void wake() {
        AccessLogThread running = thread;
        if (running != null) {
            running.wake();
        }
    }

    /** Lines that a target did not take. */
    long lost() {
        AccessLogThread running = thread;
        return running == null ? 0 : running.lost();
    }

    /** Writes what is waiting, within two seconds, and turns the log off. Idempotent. */
    @Override
    public synchronized void close() {
        AccessLogSettings last = settings;
        settings = OFF;
        AccessLogThread running = thread;
        if (running != null) {
            running.stop();
        }
        last.target().close();
    }
}
