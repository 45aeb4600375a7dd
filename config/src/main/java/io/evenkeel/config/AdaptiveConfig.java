package io.evenkeel.config;

/**
 * A limit of attempts in flight per endpoint that follows its latency: it grows while answers come as fast as they did with little load, and shrinks while they do not.
 *
 * @param initial the limit at first. Count, 1 to 10000, default 20.
 * @param min the least limit. Count, 1 to 10000, default 4. Less lets an endpoint recover further; more keeps more going through it.
 * @param max the greatest limit. Count, 1 to 100000, default 1000.
 * @param tolerancePercent how much slower than with little load answers may become before the limit shrinks. Count, 110 to 1000, default 200. More queues
 *     more in the endpoint; less sheds sooner.
 */
public record AdaptiveConfig(
        @Knob(byDefault = "20", min = "1", max = "10000") int initial,
        @Knob(byDefault = "4", min = "1", max = "10000") int min,
        @Knob(byDefault = "1000", min = "1", max = "100000") int max,
        @Knob(byDefault = "200", min = "110", max = "1000") int tolerancePercent) {}
