package io.evenkeel.proxy.tls;

import io.evenkeel.config.ListenerTlsConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Who encrypts: BoringSSL where this machine has it, or the Java platform. Stateless. */
final class Providers {

    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    // Java lets clients of TLS 1.2 begin as many handshakes on one connection as they like. BoringSSL never does.
    static {
        if (System.getProperty(NO_RENEGOTIATION) == null) {
            System.setProperty(NO_RENEGOTIATION, "true");
        }
    }

    private Providers() {}

    /** @throws IllegalStateException with the reason if the one wished for cannot be had */
    static SslProvider choose(ListenerTlsConfig.Provider wish) {
        return switch (wish) {
            case AUTO -> best();
            case JDK -> SslProvider.JDK;
            case BORINGSSL -> {
                if (!OpenSsl.isAvailable()) {
                    throw new IllegalStateException("boringssl is not available on this machine: "
                            + OpenSsl.unavailabilityCause().getMessage());
                }
                yield SslProvider.OPENSSL_REFCNT;
            }
        };
    }

    static SslProvider best() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }
}
