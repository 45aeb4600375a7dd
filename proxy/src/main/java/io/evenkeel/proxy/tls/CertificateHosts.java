package io.evenkeel.proxy.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads from a certificate which hosts it is for. Stateless. */
final class CertificateHosts {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateHosts() {}

    /** Names and addresses in lower case: the alternative ones, or the common one where there are none (RFC 6125 §6.4.4). */
    static List<String> of(X509Certificate certificate) {
        List<String> hosts = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
                int type = (Integer) each.get(0);
                if (type == DNS_NAME || type == IP_ADDRESS) {
                    hosts.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return hosts.isEmpty() ? commonName(certificate) : List.copyOf(hosts);
    }

    private static List<String> commonName(X509Certificate certificate) {
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn each : subject.getRdns()) {
                if (each.getType().equalsIgnoreCase("CN")) {
                    return List.of(String.valueOf(each.getValue()).toLowerCase(Locale.ROOT));
                }
            }
        } catch (InvalidNameException e) {
            return List.of();
        }
        return List.of();
    }
}
