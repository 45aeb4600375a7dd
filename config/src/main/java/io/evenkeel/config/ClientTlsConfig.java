package io.evenkeel.config;

import java.util.Optional;

/**
 * How a connection that the router opens is encrypted. Certificates and keys are PEM; all of them are usually given as files: {@code ca-file},
 * {@code certificate-file}, {@code key-file}.
 *
 * @param enabled whether TLS is spoken. true or false, default false.
 * @param ca the certificates that are trusted. Secret, default none. None: those of the Java platform.
 * @param certificate the client certificate with its chain. Secret, default none. None: no client certificate is shown.
 * @param key the private key of the client certificate. Secret, default none.
 */
public record ClientTlsConfig(
        @Knob(byDefault = "false", need = Knob.Need.FREQUENT) boolean enabled,
        @Knob Optional<Secret> ca,
        @Knob Optional<Secret> certificate,
        @Knob Optional<Secret> key) {

    /** What a file that says nothing gets. */
    public static ClientTlsConfig defaults() {
        return Binder.defaults(ClientTlsConfig.class);
    }
}
