package io.evenkeel.balancer.endpoint;

/**
 * Why an endpoint is sent nothing new although nothing is wrong with it, and since when. Immutable.
 *
 * @param byOperator an operator said so
 * @param byTag a source says so, as long as it does
 * @param departed discovery names it no more
 * @param sinceNanos when the first of these reasons that still hold without a break came up, in {@link io.evenkeel.discovery.Scheduler#nanoTime} of the control
 *     plane; meaningless while there is no reason
 */
public record Drain(boolean byOperator, boolean byTag, boolean departed, long sinceNanos) {

    /** Of an endpoint that is in use. */
    public static final Drain NONE = new Drain(false, false, false, 0);

    /** Whether there is any reason. */
    public boolean on() {
        return byOperator || byTag || departed;
    }

    /** Whether an endpoint that is in its upstream is sent nothing new. */
    public boolean wished() {
        return byOperator || byTag;
    }

    /** The same with the operator's wish. */
    public Drain byOperator(boolean wish, long nowNanos) {
        return with(wish, byTag, departed, nowNanos);
    }

    /** The same with what the tag says. */
    public Drain byTag(boolean says, long nowNanos) {
        return with(byOperator, says, departed, nowNanos);
    }

    /** Of an endpoint that left. What was wished for it ends, because its address may come back as somebody else; its time runs on. */
    public Drain departed(long nowNanos) {
        return with(false, false, true, nowNanos);
    }

    private Drain with(boolean wish, boolean says, boolean gone, long nowNanos) {
        return wish || says || gone ? new Drain(wish, says, gone, on() ? sinceNanos : nowNanos) : NONE;
    }
}
