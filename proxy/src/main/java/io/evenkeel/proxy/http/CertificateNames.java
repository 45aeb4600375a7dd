package io.evenkeel.proxy.http;

import java.util.List;

/**
 * The names that a certificate is for, as octets to compare hosts with. Immutable.
 *
 * <p><b>Spec.</b> RFC 9525 §6.3: a wildcard stands for exactly one whole label, the first.
 */
public final class CertificateNames {

    private final byte[][] exact;
    /** What follows the asterisk, such as {@code .example.org}. */
    private final byte[][] suffixes;

    private CertificateNames(byte[][] exact, byte[][] suffixes) {
        this.exact = exact;
        this.suffixes = suffixes;
    }

    /** @param names such as {@code example.org} and {@code *.example.org}, in ASCII and lower case */
    public static CertificateNames of(List<String> names) {
        return new CertificateNames(
                names.stream()
                        .filter(name -> !name.startsWith("*."))
                        .map(Octets::ascii)
                        .toArray(byte[][]::new),
                names.stream()
                        .filter(name -> name.startsWith("*."))
                        .map(name -> Octets.ascii(name.substring(1)))
                        .toArray(byte[][]::new));
    }

    /** Whether the certificate is for the host in this range, whatever the case of its letters. */
    boolean cover(byte[] bytes, int start, int end) {
        int hostEnd = end > start && bytes[end - 1] == '.' ? end - 1 : end;
        for (byte[] name : exact) {
            if (Octets.equalsIgnoreCase(bytes, start, hostEnd, name)) {
                return true;
            }
        }
        int dot = start;
        while (dot < hostEnd && bytes[dot] != '.') {
            dot++;
        }
        for (byte[] suffix : suffixes) {
            if (dot > start && Octets.equalsIgnoreCase(bytes, dot, hostEnd, suffix)) {
                return true;
            }
        }
        return false;
    }
}
