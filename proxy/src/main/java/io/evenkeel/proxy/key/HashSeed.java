package io.evenkeel.proxy.key;

import java.security.SecureRandom;

/** What makes one {@link KeyHash} another than the next. Immutable. */
public record HashSeed(long k0, long k1) {

    /** The same in every replica, so that all of them hash a request to the same endpoint. */
    public static final HashSeed SHARED = new HashSeed(0, 0);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** One that nobody can guess, so that nobody can choose two keys that share a place in a table. */
    public static HashSeed secret() {
        return new HashSeed(RANDOM.nextLong(), RANDOM.nextLong());
    }
}
