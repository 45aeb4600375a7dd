package io.evenkeel.discovery;

/**
 * An endpoint that sources name, but that gets no traffic. Immutable.
 *
 * @param endpoint what each source says about it
 * @param reason why, in one line, such as {@code critical: consul:vvm}
 */
public record RejectedEndpoint(MergedEndpoint endpoint, Cause cause, String reason) {

    /** What keeps an endpoint out. */
    public enum Cause {
        /** Every source that names it says it must not be sent anything. */
        CRITICAL,
        /** All sources must agree, and one that answers does not vouch for it. */
        NOT_AGREED,
        /** It came and went too often. */
        DAMPED
    }
}
