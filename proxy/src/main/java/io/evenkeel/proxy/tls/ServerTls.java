package io.evenkeel.proxy.tls;

import io.evenkeel.config.CertificateConfig;
import io.evenkeel.config.ClientCertificateConfig;
import io.evenkeel.config.ListenerTlsConfig;
import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.proxy.telemetry.CertificateStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a listener, by the names they are for. Immutable; a reload makes another one.
 *
 * <p><b>Ownership.</b> Holds the certificates until {@link #release}.
 */
final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private final List<ServerCertificate> all = new ArrayList<>();
    private final Map<String, ServerCertificate> byName = new HashMap<>();
    private final List<CertificateStatus> statuses = new ArrayList<>();
    private final List<String> protocols;
    private final String digest;
    private final boolean strict;
    private final boolean requiresCertificate;
    private final boolean resumable;
    private final long handshakeNanos;

    private ServerTls(ListenerTlsConfig config, List<String> protocols, String digest) {
        this.digest = digest;
        this.protocols = List.copyOf(protocols);
        this.strict = config.strictSni();
        this.requiresCertificate = config.clientCertificate().mode() == ClientCertificateConfig.Mode.REQUIRED;
        this.resumable = !config.sessionTimeout().isZero();
        this.handshakeNanos = config.handshakeTimeout().toNanos();
    }

    /**
     * Reads all files.
     *
     * @param listener what messages call the listener
     * @param protocols offered by ALPN; none: ALPN is not spoken
     * @param digest of the files, by {@link TlsFiles#digest}
     * @throws UncheckedIOException with one line that names the listener, the file and the reason
     */
    static ServerTls load(String listener, ListenerTlsConfig config, List<String> protocols, String digest) {
        ServerTls made = new ServerTls(config, protocols, digest);
        try {
            made.read(listener, config);
            return made;
        } catch (PemException | SSLException | RuntimeException e) {
            made.release();
            throw new UncheckedIOException("listener " + listener + ": " + e.getMessage(), new IOException(e));
        }
    }

    private void read(String listener, ListenerTlsConfig config) throws PemException, SSLException {
        ServerContexts contexts = new ServerContexts(config, protocols);
        String kind = config.clientCertificate().mode() + " " + TlsFiles.digest(contexts.clientAuthorities());
        for (CertificateConfig each : TlsFiles.certificates(config)) {
            CertifiedKey key = CertifiedKey.read(Path.of(each.chain()), Path.of(each.key()));
            ServerCertificate certificate = ServerCertificate.of(key, contexts, config, kind);
            all.add(certificate);
            statuses.add(status(listener, key, certificate.hosts()));
            warn(listener, key);
            certificate.hosts().forEach(host -> byName.putIfAbsent(host, certificate));
        }
        if (all.isEmpty()) {
            throw new IllegalStateException("\"" + config.directory() + "\" holds no certificate");
        }
    }

    private static CertificateStatus status(String listener, CertifiedKey key, List<String> hosts) {
        return new CertificateStatus(
                listener,
                hosts.isEmpty() ? "" : hosts.get(0),
                key.certificate().getSerialNumber().toString(16),
                key.certificate().getNotAfter().toInstant().getEpochSecond());
    }

    /** What there is to say about each certificate. Any thread. */
    List<CertificateStatus> statuses() {
        return statuses;
    }

    /** An expired certificate is shown all the same: some clients take it, and nothing else is there to be shown. */
    private static void warn(String listener, CertifiedKey key) {
        if (key.certificate().getNotAfter().toInstant().isBefore(Instant.now())) {
            LOG.warn("listener {}: the certificate {} has expired", listener, key.file());
        }
    }

    /** See {@link TlsFiles#digest}. */
    String digest() {
        return digest;
    }

    /** Puts other keys of tickets in force. Any thread. */
    void ticketKeys(TicketKeys keys) {
        if (resumable) {
            all.forEach(certificate -> certificate.ticketKeys(keys));
        }
    }

    /**
     * The certificate for a client that names this server; null: it is refused.
     *
     * @param serverName in lower case; empty: none is named, which is never refused
     */
    @Nullable
    ServerCertificate find(String serverName) {
        ServerCertificate found = byName.get(serverName);
        if (found == null) {
            found = byName.get("*" + serverName.substring(Math.max(0, serverName.indexOf('.'))));
        }
        return found != null || (strict && !serverName.isEmpty()) ? found : all.get(0);
    }

    /** Whether there is something to speak with a client that offers these by ALPN; one that offers none speaks HTTP/1.1. */
    boolean speaksOneOf(List<String> offered) {
        return offered.isEmpty() || protocols.isEmpty() || offered.stream().anyMatch(protocols::contains);
    }

    /** Whether clients must have shown a certificate when the handshake is done. */
    boolean requiresCertificate() {
        return requiresCertificate;
    }

    /** How long a client has for all of its handshake. */
    long handshakeNanos() {
        return handshakeNanos;
    }

    void release() {
        all.forEach(ServerCertificate::release);
        all.clear();
    }
}
