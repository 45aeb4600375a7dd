package io.evenkeel.proxy.telemetry;

/**
 * A certificate that a listener shows. Immutable.
 *
 * @param host the first that it is for; empty: it names none
 * @param serial its serial number, hexadecimal
 * @param notAfterSeconds when it expires, in seconds of Unix time
 */
public record CertificateStatus(String listener, String host, String serial, long notAfterSeconds) {}
