package io.evenkeel.proxy.tls;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The secrets that a router makes for itself, where none are configured: a new one every so often, the last one still opening tickets. They outlive reloads.
 * Thread-safe, without a lock.
 */
public final class OwnTicketSecrets {

    /** Octets, as of those in files. */
    private static final int BYTES = 48;

    /** 12 h: whoever steals the memory of this process reads what was said within two of them. */
    static final long ROTATION_NANOS = 12 * 3_600 * 1_000_000_000L;

    /** Both secrets, and since when the first one is in force. */
    private record State(byte[] current, TicketKeys keys, long sinceNanos) {}

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<State> state;

    /** @param nowNanos as of {@link System#nanoTime} */
    public OwnTicketSecrets(long nowNanos) {
        byte[] first = fresh();
        state = new AtomicReference<>(new State(first, new TicketKeys(List.of(first)), nowNanos));
    }

    private byte[] fresh() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /** Those in force at this moment: the same object as long as they are the same. */
    TicketKeys at(long nowNanos) {
        State now = state.get();
        if (nowNanos - now.sinceNanos < ROTATION_NANOS) {
            return now.keys;
        }
        byte[] next = fresh();
        state.compareAndSet(now, new State(next, new TicketKeys(List.of(next, now.current)), nowNanos));
        return state.get().keys;
    }
}
