package io.evenkeel.perf.load;

/**
 * When each request of a run is due.
 *
 * @param perSecond requests per second, above 0
 * @param unrecorded how many requests come first and are not recorded, so that connections are warm
 * @param recorded how many requests are recorded, at least 1
 */
record Plan(double perSecond, long unrecorded, long recorded) {

    /** A plan in seconds instead of requests. */
    static Plan of(double perSecond, double unrecordedSeconds, double recordedSeconds) {
        return new Plan(
                perSecond, (long) (perSecond * unrecordedSeconds), Math.max(1, (long) (perSecond * recordedSeconds)));
    }

    /** All requests of the run. */
    long requests() {
        return unrecorded + recorded;
    }

    /** Nanoseconds from the begin of the run to the time this request is due. */
    long dueNanos(long request) {
        return (long) (request * (1e9 / perSecond));
    }

    /** Whether this request counts. */
    boolean records(long request) {
        return request >= unrecorded;
    }
}
