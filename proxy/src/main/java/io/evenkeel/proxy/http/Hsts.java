package io.evenkeel.proxy.http;

import io.evenkeel.config.HstsConfig;

/** The field {@code Strict-Transport-Security} (RFC 6797 §6.1). Immutable. */
public final class Hsts {

    private final byte[] line;

    public Hsts(HstsConfig config) {
        line = Octets.ascii(
                "Strict-Transport-Security: max-age=" + config.maxAge().toSeconds()
                        + (config.includeSubdomains() ? "; includeSubDomains" : "")
                        + (config.preload() ? "; preload" : "")
                        + "\r\n");
    }

    /** The whole line, CRLF included; not to be written to. */
    public byte[] line() {
        return line;
    }
}
