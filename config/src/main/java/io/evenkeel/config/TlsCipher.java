package io.evenkeel.config;

import java.util.Arrays;
import java.util.List;

/** The cipher suites of TLS 1.2 with forward secrecy that both providers have. Those of TLS 1.3 are all good and not chosen among. */
public enum TlsCipher {
    ECDHE_ECDSA_AES128_GCM_SHA256("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    ECDHE_RSA_AES128_GCM_SHA256("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
    ECDHE_ECDSA_AES256_GCM_SHA384("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    ECDHE_RSA_AES256_GCM_SHA384("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
    ECDHE_ECDSA_CHACHA20_POLY1305("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
    ECDHE_RSA_CHACHA20_POLY1305("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
    ECDHE_ECDSA_AES128_SHA("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
    ECDHE_RSA_AES128_SHA("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
    ECDHE_ECDSA_AES256_SHA("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
    ECDHE_RSA_AES256_SHA("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

    /** With authenticated encryption: Mozilla's "intermediate" without the suites on finite fields. */
    private static final List<TlsCipher> MODERN = List.of(
            ECDHE_ECDSA_AES128_GCM_SHA256,
            ECDHE_RSA_AES128_GCM_SHA256,
            ECDHE_ECDSA_AES256_GCM_SHA384,
            ECDHE_RSA_AES256_GCM_SHA384,
            ECDHE_ECDSA_CHACHA20_POLY1305,
            ECDHE_RSA_CHACHA20_POLY1305);

    private final String registered;

    TlsCipher(String registered) {
        this.registered = registered;
    }

    /** By OpenSSL's name. */
    public String openSslName() {
        return name().replace('_', '-');
    }

    /** By the name in IANA's registry, which Java uses. */
    public String registeredName() {
        return registered;
    }

    /** The ones of these OpenSSL names, in this order; none named: the modern ones. Unknown names are left out. */
    public static List<TlsCipher> of(List<String> openSslNames) {
        if (openSslNames.isEmpty()) {
            return MODERN;
        }
        return openSslNames.stream()
                .flatMap(name -> Arrays.stream(values())
                        .filter(cipher -> cipher.openSslName().equals(name)))
                .toList();
    }
}
