package io.evenkeel.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One event as one line: {@code 2026-11-21T15:00:00.000Z INFO  proxy.listener: message}. Control characters are
 * escaped, so that nothing a client sent can look like a line of ours.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String ROOM = "io.evenkeel.";

    /** Stack frames shown of each cause: enough to find the place, few enough for one line. */
    private static final int FRAMES = 8;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
        line.append(component(event.getLoggerName())).append(": ");
        escape(String.valueOf(event.getFormattedMessage()), line);
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            appendCause(cause, line);
        }
        return line.append('\n').toString();
    }

    /** Our own loggers show their package below io.evenkeel, others their class. */
    static String component(String logger) {
        int lastDot = logger.lastIndexOf('.');
        return logger.startsWith(ROOM) && lastDot > ROOM.length()
                ? logger.substring(ROOM.length(), lastDot)
                : logger.substring(lastDot + 1);
    }

    private static void appendCause(IThrowableProxy cause, StringBuilder line) {
        line.append("; ").append(cause.getClassName());
        if (cause.getMessage() != null) {
            line.append(": ");
            escape(cause.getMessage(), line);
        }
        StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            line.append(i == 0 ? " at " : " < ").append(frames[i].getStackTraceElement());
        }
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
