package io.evenkeel.cli.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The logging of this process as a whole. */
public final class Logs {

    private Logs() {}

    /** Writes what is still queued, waiting a second at most; nothing is logged afterwards. */
    public static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
