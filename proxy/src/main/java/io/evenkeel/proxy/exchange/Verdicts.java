package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.telemetry.Failure;

/** Which failure a verdict on a request head is. */
final class Verdicts {

    private Verdicts() {}

    static Failure failure(HeadVerdict verdict) {
        return switch (verdict) {
            case MALFORMED -> Failure.MALFORMED_REQUEST;
            case TARGET_TOO_LONG -> Failure.TARGET_TOO_LONG;
            case TOO_LARGE -> Failure.HEAD_TOO_LARGE;
            case VERSION_UNSUPPORTED -> Failure.VERSION_UNSUPPORTED;
            case METHOD_REFUSED -> Failure.METHOD_REFUSED;
            case CODING_UNKNOWN -> Failure.TRANSFER_CODING_UNKNOWN;
            case EXPECTATION_UNKNOWN -> Failure.EXPECTATION_UNKNOWN;
            case COMPLETE, INCOMPLETE -> throw new IllegalArgumentException(verdict + " is no failure");
        };
    }
}
