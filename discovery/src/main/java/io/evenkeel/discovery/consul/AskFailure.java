package io.evenkeel.discovery.consul;

import org.jspecify.annotations.Nullable;

/** Why an agent's answer is none: the message is one line that says whom, what was asked and what came back. */
final class AskFailure extends RuntimeException {

    /** The status of an answer that came; 0: none came, or not a whole one. */
    private final int status;

    AskFailure(String line, int status) {
        super(line, null, false, false);
        this.status = status;
    }

    /** What a call ended with, as a failure with a line. */
    static AskFailure of(@Nullable Throwable thrown) {
        return thrown instanceof AskFailure failure ? failure : new AskFailure("consul: " + thrown, 0);
    }

    String line() {
        return String.valueOf(getMessage());
    }

    /** Whether the agent is well and said no. */
    boolean refused() {
        return status >= 400 && status < 500 && status != 429;
    }
}
