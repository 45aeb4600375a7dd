package io.evenkeel.proxy.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import javax.net.ssl.SSLEngine;

/** What can be told of a session. Stateless. */
final class Sessions {

    private Sessions() {}

    /**
     * Whether the handshake, which is done, resumed a session. Java does not say so, but a resumed session keeps the moment it was created at.
     *
     * @param beganMillis when the handshake began, in milliseconds since 1970
     */
    static boolean resumed(SSLEngine engine, long beganMillis) {
        if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
            return SSL.isSessionReused(openSsl.sslPointer());
        }
        return engine.getSession().getCreationTime() < beganMillis;
    }
}
