package io.evenkeel.discovery;

import java.util.concurrent.CompletionException;

/** Why a {@link Lookup} brought nothing: the message says what was asked, whom, and what came back. */
final class LookupFailure extends RuntimeException {

    private final boolean nothingThere;

    private LookupFailure(String reason, boolean nothingThere) {
        super(reason, null, false, false);
        this.nothingThere = nothingThere;
    }

    /** Nobody answered, or not with an answer. */
    static LookupFailure noAnswer(String reason) {
        return new LookupFailure(reason, false);
    }

    /** The answer was that there is nothing by this name. */
    static LookupFailure nothingThere(String reason) {
        return new LookupFailure(reason, true);
    }

    /** What a completed stage threw, as a failure with a reason. */
    static LookupFailure of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof LookupFailure failure ? failure : noAnswer(cause.toString());
    }

    /** What went wrong, for the log and {@code /readyz}. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** True when asking by another name makes sense. */
    boolean isNothingThere() {
        return nothingThere;
    }
}
