package io.evenkeel.config;

/**
 * HTTP/2 as a listener speaks it: over TLS where the client chooses it, and without TLS by prior knowledge.
 *
 * @param enabled whether it is spoken. true or false, default true.
 * @param maxConcurrentStreams requests that a client may have under way on one connection. Count, 1 to 10000, default 128. More lets one connection take more.
 * @param streamWindowBytes what a client may send of one body before the endpoint has taken it. Size, 64KiB to 16MiB, default 64KiB. More is faster over far
 *     networks and takes more memory.
 * @param connectionWindowBytes the same for all bodies of one connection together. Size, 64KiB to 64MiB, default 1MiB.
 * @param maxResets streams that one connection may reset, or have reset, within 10 seconds. Count, 10 to 100000, default 200. More lets a flood go on longer.
 */
public record Http2Config(
        @Knob(byDefault = "true", need = Knob.Need.FREQUENT) boolean enabled,
        @Knob(byDefault = "128", min = "1", max = "10000") int maxConcurrentStreams,
        @Knob(byDefault = "64KiB", min = "64KiB", max = "16MiB") int streamWindowBytes,
        @Knob(byDefault = "1MiB", min = "64KiB", max = "64MiB") int connectionWindowBytes,
        @Knob(byDefault = "200", min = "10", max = "100000") int maxResets) {

    /** What a file that says nothing gets. */
    public static Http2Config defaults() {
        return Binder.defaults(Http2Config.class);
    }
}
