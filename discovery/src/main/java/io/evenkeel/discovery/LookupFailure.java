package io.evenkeel.discovery;

import java.util.concurrent.CompletionException;

/** Why a {@link Lookup} brought nothing: the message says what was asked, whom, and what came back. */
public final class LookupFailure extends RuntimeException {

    private final boolean nothingThere;

    private LookupFailure(String reason, boolean nothingThere) {
        super(reason, null, false, false);
        this.nothingThere = nothingThere;
    }

    /** Nobody answered, or not with an answer. */
    public static LookupFailure noAnswer(String reason) {
        return new LookupFailure(reason, false);
    }

    /** The answer was that there is nothing by this name. */
    public static LookupFailure nothingThere(String reason) {
        return new LookupFailure(reason, true);
    }

    /** What a completed stage threw, as a failure with a reason. */
    public static LookupFailure of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof LookupFailure failure ? failure : noAnswer(cause.toString());
    }

    /** What went wrong, for the log and {@code /readyz}. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** True when asking by another name makes sense. */
    public boolean isNothingThere() {
        return nothingThere;
    }
}
