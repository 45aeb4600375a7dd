package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the connections of a listener's clients are decrypted. Files are read again on every reload; one that cannot be used leaves what is in force.
 *
 * @param certificates the certificates, each with its key; the first is shown to clients that name no server, or one that is not known.
 * @param directory a folder of more of them, as NAME.crt with NAME.key, or both in NAME.pem. File, default none.
 * @param minVersion the oldest version spoken. tls1-2 or tls1-3, default tls1-2.
 * @param ciphers the cipher suites of TLS 1.2, by OpenSSL's names. Tokens, default none. None: those with forward secrecy and authenticated encryption.
 * @param handshakeTimeout how long a handshake may take. Duration, ≥ 100ms, default 10s. More lets slow clients in and half-open ones stay.
 * @param strictSni whether clients that name a server that no certificate is for are refused. true or false, default false.
 * @param ticketKeys files of 48 random octets each, from which sessions are resumed; the first one seals, the others only open. Files, default none. None:
 *     each router has keys of its own. Replicas that share them resume each other's sessions.
 * @param sessionTimeout how long a session can be resumed. Duration, 0s to 7d, default 4h. 0s: not at all.
 * @param ocspStapling whether a response of the certificate's authority, kept beside the certificate as NAME.ocsp, is stapled. true or false, default false.
 * @param clientCertificate what is asked of clients.
 * @param hsts tells browsers to come over TLS only; none: does not.
 * @param provider what encrypts. auto, boringssl or jdk, default auto. auto takes boringssl where this machine has it.
 */
public record ListenerTlsConfig(
        @Knob(need = Knob.Need.ESSENTIAL) List<CertificateConfig> certificates,
        @Knob(byDefault = "", format = TextFormat.INPUT_FILE) String directory,
        @Knob(byDefault = "tls1-2") Version minVersion,
        @Knob(format = TextFormat.TOKEN) List<String> ciphers,
        @Knob(byDefault = "10s", min = "100ms") Duration handshakeTimeout,
        @Knob(byDefault = "false") boolean strictSni,
        @Knob(format = TextFormat.INPUT_FILE) List<String> ticketKeys,
        @Knob(byDefault = "4h", max = "7d") Duration sessionTimeout,
        @Knob(byDefault = "false") boolean ocspStapling,
        @Knob ClientCertificateConfig clientCertificate,
        @Knob Optional<HstsConfig> hsts,
        @Knob(byDefault = "auto") Provider provider) {

    /** Older ones are not secure (RFC 8996). */
    public enum Version {
        TLS1_2,
        TLS1_3
    }

    /** What encrypts. */
    public enum Provider {
        AUTO,
        BORINGSSL,
        JDK
    }

    /** Keeps its own copies of the lists. */
    public ListenerTlsConfig {
        certificates = List.copyOf(certificates);
        ciphers = List.copyOf(ciphers);
        ticketKeys = List.copyOf(ticketKeys);
    }
}
