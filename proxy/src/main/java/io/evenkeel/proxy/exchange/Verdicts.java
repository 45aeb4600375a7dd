package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.telemetry.Failure;

/** Which failure a verdict on a request head is. */
public final class Verdicts {

    private Verdicts() {}

    public static Failure failure(HeadVerdict verdict) {
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

    /** Whether the head was read to its end and found to ask, properly, for what is not to be had. */
    public static boolean wellFormed(HeadVerdict verdict) {
        return switch (verdict) {
            case METHOD_REFUSED, CODING_UNKNOWN, EXPECTATION_UNKNOWN -> true;
            default -> false;
        };
    }
}
