package io.evenkeel.balancer.health;

import java.util.Locale;

/**
 * What asking an endpoint once has shown. Immutable.
 *
 * @param detail why, in a few words, such as {@code status 500 (expected: 200-399)}
 */
public record ProbeResult(Outcome outcome, String detail) {

    /** How a check ended. */
    public enum Outcome {
        /** The endpoint answered as it must. */
        PASSED,
        /** It answered otherwise, or refused the connection. */
        FAILED,
        /** It said nothing in time: it may be slow, or dead. */
        SILENT;

        /** The value of the metric label {@code result}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ProbeResult passed(String detail) {
        return new ProbeResult(Outcome.PASSED, detail);
    }

    public static ProbeResult failed(String detail) {
        return new ProbeResult(Outcome.FAILED, detail);
    }

    public static ProbeResult silent(String detail) {
        return new ProbeResult(Outcome.SILENT, detail);
    }
}
