package io.evenkeel.proxy.tls;

import io.evenkeel.config.ListenerTlsConfig;
import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import io.evenkeel.proxy.http.CertificateNames;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as a listener shows it, with the TLS context that does. Immutable, but for the keys of its tickets.
 *
 * <p><b>Ownership.</b> Holds the context until {@link #release}; connections hold it as well.
 */
final class ServerCertificate {

    /** Sessions that clients without tickets can resume, per certificate; few are left, and each takes some kilobytes. */
    private static final int MAX_SESSIONS = 4096;

    private final List<String> hosts;
    private final CertificateNames names;
    private final SslContext context;
    private final String kind;
    private final boolean resumable;
    private final byte @Nullable [] ocsp;

    private ServerCertificate(
            CertifiedKey from, SslContext context, String kind, boolean resumable, byte @Nullable [] ocsp) {
        this.hosts = CertificateHosts.of(from.certificate());
        this.names = CertificateNames.of(hosts);
        this.context = context;
        this.kind = hosts + " " + kind;
        this.resumable = resumable;
        this.ocsp = ocsp;
    }

    /** @param kind of the sessions, besides the certificate's hosts */
    static ServerCertificate of(CertifiedKey from, ServerContexts contexts, ListenerTlsConfig config, String kind)
            throws PemException, SSLException {
        Path ocspFile = CertifiedKey.ocspFile(from.file());
        byte[] ocsp = config.ocspStapling() && Files.exists(ocspFile) ? PemFiles.bytes(ocspFile) : null;
        boolean resumable = !config.sessionTimeout().isZero();
        ServerCertificate made = new ServerCertificate(from, contexts.build(from, ocsp != null), kind, resumable, ocsp);
        if (made.context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            sessions.setSessionCacheSize(MAX_SESSIONS);
            sessions.setSessionCacheEnabled(made.resumable);
        }
        return made;
    }

    /** Puts other keys of tickets in force. Any thread; without effect where the Java platform encrypts, which keeps its own. */
    void ticketKeys(TicketKeys keys) {
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            sessions.setTicketKeys(keys.keys(kind));
        }
    }

    /** A handler for one connection. An engine out of a handler of Netty's decrypts all the records of a read at once, others one at a time. */
    TlsHandler handler(ByteBufAllocator alloc) {
        SSLEngine engine = context.newHandler(alloc).engine();
        if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
            if (ocsp != null) {
                openSsl.setOcspResponse(ocsp);
            }
            if (!resumable) {
                SSL.setOptions(
                        openSsl.sslPointer(), SSL.SSL_OP_NO_TICKET); // it makes keys of its own where it is given none
            }
        }
        return new TlsHandler(engine);
    }

    /** The hosts that it is for, in lower case; some may begin with {@code *.}. */
    List<String> hosts() {
        return hosts;
    }

    CertificateNames names() {
        return names;
    }

    void release() {
        ReferenceCountUtil.release(context);
    }
}
