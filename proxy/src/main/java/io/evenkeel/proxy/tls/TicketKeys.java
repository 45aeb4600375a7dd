package io.evenkeel.proxy.tls;

import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets from which the keys of session tickets are made; the first seals new tickets, all of them open. Immutable.
 *
 * <p>No secret is used as it is: each certificate, and each demand for client certificates, makes its own keys of it. Otherwise a session that was made
 * without a client certificate could be resumed where one is required, by whoever gets replicas to share their secrets (RFC 8446 §4.6.1, CVE-2025-23419).
 */
final class TicketKeys {

    private static final String MAC = "HmacSHA512";

    private final List<byte[]> secrets;

    TicketKeys(List<byte[]> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** @param files of 48 octets each */
    static TicketKeys read(List<String> files) throws PemException {
        List<byte[]> secrets = new ArrayList<>();
        for (String file : files) {
            secrets.add(PemFiles.bytes(Path.of(file)));
        }
        return new TicketKeys(secrets);
    }

    /** The same with a new first secret; only the last one stays. */
    TicketKeys followedBy(byte[] secret) {
        return new TicketKeys(List.of(secret, secrets.get(0)));
    }

    /** The keys for sessions of this kind, which others cannot open. */
    OpenSslSessionTicketKey[] keys(String kind) {
        return secrets.stream().map(secret -> key(secret, kind)).toArray(OpenSslSessionTicketKey[]::new);
    }

    private static OpenSslSessionTicketKey key(byte[] secret, String kind) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            byte[] made = mac.doFinal(("evenkeel session tickets " + kind).getBytes(StandardCharsets.UTF_8));
            int name = OpenSslSessionTicketKey.NAME_SIZE;
            int hmac = name + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
            return new OpenSslSessionTicketKey(
                    Arrays.copyOf(made, name),
                    Arrays.copyOfRange(made, name, hmac),
                    Arrays.copyOfRange(made, hmac, OpenSslSessionTicketKey.TICKET_KEY_SIZE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
