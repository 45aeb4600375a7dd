package io.evenkeel.proxy.http;

import java.util.ArrayList;
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
        List<byte[]> exact = new ArrayList<>();
        List<byte[]> suffixes = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("*.")) {
                suffixes.add(Octets.ascii(name.substring(1)));
            } else {
                exact.add(Octets.ascii(name));
            }
        }
        return new CertificateNames(exact.toArray(new byte[0][]), suffixes.toArray(new byte[0][]));
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
