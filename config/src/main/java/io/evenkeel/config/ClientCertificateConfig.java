package io.evenkeel.config;

/**
 * What certificate clients must show, and how endpoints learn of it.
 *
 * @param mode whether one is asked for. none, optional or required, default none. A certificate that is shown must be valid, even an optional one.
 * @param ca the authorities that are trusted, PEM. File, default none.
 * @param header the field in which endpoints are told the subject. Field name, default X-Client-Certificate-Subject. A client's own is removed.
 */
public record ClientCertificateConfig(
        @Knob(byDefault = "none") Mode mode,
        @Knob(byDefault = "", format = TextFormat.INPUT_FILE) String ca,
        @Knob(byDefault = "X-Client-Certificate-Subject", format = TextFormat.FIELD_NAME) String header) {

    /** Whether clients show a certificate. */
    public enum Mode {
        NONE,
        OPTIONAL,
        REQUIRED
    }
}
