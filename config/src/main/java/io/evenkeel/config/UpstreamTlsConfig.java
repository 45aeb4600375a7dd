package io.evenkeel.config;

import java.util.Optional;

/**
 * How connections to endpoints are encrypted. Certificates and keys are PEM; all of them are usually given as files: {@code ca-file},
 * {@code certificate-file}, {@code key-file}.
 *
 * @param enabled whether TLS is spoken. true or false, default false.
 * @param serverName the name that endpoints are asked for and that their certificates must have. Host, default none. None: the endpoint's address.
 * @param verify whether certificates are verified, the name included. true or false, default true. false trusts anybody who answers.
 * @param ca the certificates that are trusted. Secret, default none. None: those of the Java platform.
 * @param certificate the router's certificate with its chain. Secret, default none. None: no certificate is shown.
 * @param key the private key of the router's certificate. Secret, default none.
 */
public record UpstreamTlsConfig(
        @Knob(byDefault = "false", need = Knob.Need.FREQUENT) boolean enabled,
        @Knob(byDefault = "", format = TextFormat.HOST, need = Knob.Need.FREQUENT) String serverName,
        @Knob(byDefault = "true") boolean verify,
        @Knob Optional<Secret> ca,
        @Knob Optional<Secret> certificate,
        @Knob Optional<Secret> key) {

    /** What a file that says nothing gets. */
    public static UpstreamTlsConfig defaults() {
        return Binder.defaults(UpstreamTlsConfig.class);
    }
}
