package io.evenkeel.proxy.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the TLS handshake of a client's connection settled. Immutable. */
public final class Handshake {

    private final String protocol;
    private final byte[] serverName;
    private final CertificateNames names;
    private final byte @Nullable [] subject;

    /**
     * @param protocol what was agreed on by ALPN, such as {@code h2}; empty: nothing
     * @param serverName the server that the client named, in ASCII; empty: none
     * @param names of the certificate that the client was shown
     * @param subject of the certificate that the client showed, fit for a field value; null: none
     */
    public Handshake(String protocol, String serverName, CertificateNames names, byte @Nullable [] subject) {
        this.protocol = protocol;
        this.serverName = Octets.ascii(serverName);
        this.names = names;
        this.subject = subject;
    }

    /** What was agreed on by ALPN, such as {@code h2}; empty: nothing. */
    public String protocol() {
        return protocol;
    }

    /** The server that the client named, in lower case; empty: none. */
    public String serverName() {
        return new String(serverName, StandardCharsets.US_ASCII);
    }

    /** Of the certificate that the client showed, fit for a field value; null: none. Not to be written to. */
    byte @Nullable [] subject() {
        return subject;
    }

    /**
     * Whether a request for this host came over the wrong connection (RFC 9110 §15.5.20): the client named another server in its handshake, and was shown
     * a certificate that is not for this one, so that it cannot have made sure whom it asks. Clients that named none are not held to it.
     */
    public boolean misdirects(RequestHead head) {
        RequestTarget target = head.target();
        int start = target.hostStart();
        int end = target.hostEnd();
        return serverName.length > 0
                && end > start
                && !Octets.equalsIgnoreCase(head.bytes(), start, end, serverName)
                && !names.cover(head.bytes(), start, end);
    }
}
