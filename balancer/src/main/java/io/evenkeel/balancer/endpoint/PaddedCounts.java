package io.evenkeel.balancer.endpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The two counts every attempt touches, in one atomic that shares its cache lines with nothing.
 *
 * <p>Both live in one {@code long}, so that an attempt costs one atomic addition when it begins and one when it ends: the low 20 bits
 * are the attempts in flight, the high 44 bits the attempts ever begun. One address cannot have more than 65,535 connections from one
 * client address, so 20 bits do not overflow; 44 bits last five years at 100,000 requests a second and then wrap like any counter.
 *
 * <p>Fields are laid out superclass first; 120 bytes on either side keep off the neighbours' lines and the adjacent-line prefetcher.
 */
public final class PaddedCounts {

    private static final int IN_FLIGHT_BITS = 20;
    private static final long IN_FLIGHT_MASK = (1L << IN_FLIGHT_BITS) - 1;
    private static final long BEGIN = (1L << IN_FLIGHT_BITS) + 1;
    private static final long END = -1;

    private PaddedCounts() {}

    /** The attempts in flight of {@link EndpointState#counts}. */
    public static int inFlight(long counts) {
        return (int) (counts & IN_FLIGHT_MASK);
    }

    /** The attempts begun of {@link EndpointState#counts}. */
    public static long requests(long counts) {
        return counts >>> IN_FLIGHT_BITS;
    }

    abstract static class Before {
        long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14;
    }

    abstract static class Counts extends Before {

        private static final VarHandle COUNTS;

        static {
            try {
                COUNTS = MethodHandles.lookup().findVarHandle(Counts.class, "counts", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        /** Publishes both counts; every event loop writes and reads it. */
        @SuppressWarnings("UnusedVariable") // written through COUNTS
        private volatile long counts;

        /** Attempts begun and not yet ended, over all event loops, those that still wait for a connection included. */
        public final int inFlight() {
            return PaddedCounts.inFlight(counts);
        }

        /** Attempts begun since the endpoint became known. */
        public final long requests() {
            return PaddedCounts.requests(counts);
        }

        /** Both counts as of one moment. */
        public final long counts() {
            return counts;
        }

        final void attemptBegun() {
            COUNTS.getAndAdd(this, BEGIN);
        }

        /** Counts an attempt where fewer than this many are in flight; exact, whatever other event loops do. */
        final boolean attemptBegunWithin(int limit) {
            long before = (long) COUNTS.getAndAdd(this, BEGIN);
            if (PaddedCounts.inFlight(before) < limit) {
                return true;
            }
            COUNTS.getAndAdd(this, -BEGIN);
            return false;
        }

        final void attemptEnded() {
            COUNTS.getAndAdd(this, END);
        }
    }

    abstract static class After extends Counts {
        long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14;
    }
}
