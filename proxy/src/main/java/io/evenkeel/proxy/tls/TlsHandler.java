package io.evenkeel.proxy.tls;

import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;

/** Netty's TLS without a time-out of its own: whoever made the connection has a deadline for all of it. Event-loop confined. */
final class TlsHandler extends SslHandler {

    TlsHandler(SSLEngine engine) {
        super(engine);
        setHandshakeTimeoutMillis(0);
    }
}
