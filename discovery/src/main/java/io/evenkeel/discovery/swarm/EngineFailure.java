package io.evenkeel.discovery.swarm;

/** Why an engine's answer is of no use: the message says whom was asked, what, and what came back, on one line. */
public final class EngineFailure extends RuntimeException {

    private static final int MAX_CHARS = 500;

    EngineFailure(String reason) {
        super(oneLine(reason), null, false, false);
    }

    /** The message. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Text of others, with control characters shown as {@code ?} and cut where it gets long. */
    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
    }
}
