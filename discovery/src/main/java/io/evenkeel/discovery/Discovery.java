package io.evenkeel.discovery;

/**
 * What discovery runs on, the same for all upstreams. Immutable; everything in it stays its owner's.
 *
 * @param scheduler the control plane's thread and clocks
 * @param factory makes the sources
 * @param listener hears of sources that fail and recover
 * @param store keeps the last good sets over restarts
 */
public record Discovery(Scheduler scheduler, SourceFactory factory, DiscoveryListener listener, LastGoodStore store) {

    /** Discovery that tells nobody and forgets everything when the process ends. */
    public static Discovery of(Scheduler scheduler, SourceFactory factory) {
        return new Discovery(scheduler, factory, event -> {}, LastGoodStore.NONE);
    }

    /** The same with a listener. */
    public Discovery tellingTo(DiscoveryListener told) {
        return new Discovery(scheduler, factory, told, store);
    }

    /** The same with a memory. */
    public Discovery keptIn(LastGoodStore memory) {
        return new Discovery(scheduler, factory, listener, memory);
    }
}
