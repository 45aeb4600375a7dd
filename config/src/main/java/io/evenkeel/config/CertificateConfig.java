package io.evenkeel.config;

/**
 * A certificate and its key, PEM.
 *
 * @param chain the certificate and those between it and its authority. File, required.
 * @param key its private key. File, required.
 */
public record CertificateConfig(
        @Knob(format = TextFormat.INPUT_FILE, need = Knob.Need.ESSENTIAL) String chain,
        @Knob(format = TextFormat.INPUT_FILE, need = Knob.Need.ESSENTIAL) String key) {}
