package io.evenkeel.proxy.tls;

import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
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

    /** The secrets, and since when the first one is in force. */
    private record State(TicketKeys keys, long sinceNanos) {}

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<State> state;

    /** @param nowNanos as of {@link System#nanoTime} */
    public OwnTicketSecrets(long nowNanos) {
        state = new AtomicReference<>(new State(new TicketKeys(List.of(fresh())), nowNanos));
    }

    private byte[] fresh() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /** Those in force at this moment: the same object as long as they are the same. */
    TicketKeys at(long nowNanos) {
        State now = current();
        if (nowNanos - now.sinceNanos < ROTATION_NANOS) {
            return now.keys;
        }
        state.compareAndSet(now, new State(now.keys.followedBy(fresh()), nowNanos));
        return current().keys;
    }

    private State current() {
        return Objects.requireNonNull(state.get());
    }
}
