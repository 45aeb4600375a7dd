package io.evenkeel.proxy.multiplex;

/**
 * When a silent connection is asked whether it is still there. Not often: a gRPC server that is asked more than twice in five minutes while it has nothing to
 * say ends the connection ("too many pings", gRPC proposal A8). Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9113 §6.7.
 */
final class KeepAlive {

    /** Silence until the question, and then until the connection counts as dead. */
    static final long SILENCE_NANOS = 15_000_000_000L;

    /** From one question to the next in the same silence. */
    static final long AGAIN_NANOS = 360_000_000_000L;

    /** What is to be done about a connection. */
    enum Act {
        NOTHING,
        ASK,
        GIVE_UP
    }

    private long heardNanos;
    private long askedNanos;
    private boolean asked;
    private boolean owed;

    /** Something of a response has come in. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
        asked = false;
        owed = false;
    }

    /** What to do now with a connection on which exchanges wait; where it is to ask, that is taken for done. */
    Act act(long nowNanos) {
        if (owed) {
            return nowNanos - askedNanos >= SILENCE_NANOS ? Act.GIVE_UP : Act.NOTHING;
        }
        boolean due = asked ? nowNanos - askedNanos >= AGAIN_NANOS : nowNanos - heardNanos >= SILENCE_NANOS;
        if (!due) {
            return Act.NOTHING;
        }
        asked = true;
        owed = true;
        askedNanos = nowNanos;
        return Act.ASK;
    }

    /** The question was answered; the silence goes on. */
    void answered() {
        owed = false;
    }
}
