package io.evenkeel.discovery;

/** Why a {@link Lookup} brought nothing: the message says what was asked, whom, and what came back. */
final class LookupFailure extends RuntimeException {

    LookupFailure(String reason) {
        super(reason, null, false, false);
    }
}
