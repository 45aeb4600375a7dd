package io.evenkeel.proxy.tls;

import io.evenkeel.proxy.http.Handshake;

/** What happens to a connection whose handshake is done. */
@FunctionalInterface
public interface Secured {

    /** Adds the handlers of what is spoken from now on at the end of the pipeline; their first event is {@code channelActive}. */
    void begin(Handshake handshake);
}
