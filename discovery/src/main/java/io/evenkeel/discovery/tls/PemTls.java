package io.evenkeel.discovery.tls;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.Secret;
import io.evenkeel.config.pem.PrivateKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * How connections are encrypted: whom we trust, and what we show of ourselves. Immutable.
 *
 * @param trust judges the other side's certificate; its host name is verified besides
 */
public record PemTls(SSLContext context, X509TrustManager trust) {

    private static final char[] NO_PASSWORD = {};

    /**
     * Reads certificates and key.
     *
     * @param key what the configuration calls them together, such as {@code discovery.consul.tls}
     * @throws IllegalArgumentException with the key of the configuration whose value is none; it does not repeat the value
     */
    public static PemTls of(ClientTlsConfig config, String key) {
        try {
            X509TrustManager trust = trust(config.ca());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(config), new TrustManager[] {trust}, null);
            return new PemTls(context, trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(key + ": " + e.toString().replaceAll("\\p{Cntrl}", " "), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + "." + e.getMessage(), e);
        }
    }

    private static X509TrustManager trust(Optional<Secret> ca) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(ca.isPresent() ? trusted(ca.get()) : null);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("this Java judges no certificates");
    }

    private static KeyStore trusted(Secret ca) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate each : certificates("ca", ca)) {
            store.setCertificateEntry("ca-" + number++, each);
        }
        return store;
    }

    private static KeyManager[] keys(ClientTlsConfig config) throws GeneralSecurityException, IOException {
        if (config.certificate().isEmpty() && config.key().isEmpty()) {
            return new KeyManager[0];
        }
        Secret certificate = config.certificate().orElseThrow(() -> missing("certificate"));
        Secret key = config.key().orElseThrow(() -> missing("key"));
        KeyStore store = emptyStore();
        Certificate[] chain = certificates("certificate", certificate).toArray(new Certificate[0]);
        store.setKeyEntry("client", privateKey(key), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static PrivateKey privateKey(Secret key) throws GeneralSecurityException {
        try {
            return PrivateKeys.read(key.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> certificates(String key, Secret pem)
            throws GeneralSecurityException {
        InputStream in = new ByteArrayInputStream(pem.value().getBytes(StandardCharsets.UTF_8));
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(in);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(key + ": holds no certificate (expected: PEM)");
        }
        return found;
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException(key + ": missing (certificate and key belong together)");
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
