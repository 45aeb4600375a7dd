package io.evenkeel.perf.faults;

/** A fault: how it is brought about, and what a proxy must reach under it. */
interface FaultCase {

    /** How long its parts last; quick is for a first look. */
    Lengths lengths(boolean quick);

    /** Plays the fault, and says what was found. */
    void play(Trial trial, Findings findings);

    /** What the endpoints can do. */
    default Service service() {
        return new Service(Cases.SERVICE_MILLIS, Cases.WORKERS);
    }

    /** Requests per second when nothing is wrong. */
    default double rate() {
        return Cases.RATE;
    }
}
