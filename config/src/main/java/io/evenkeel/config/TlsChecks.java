package io.evenkeel.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules about the TLS of listeners: settings that contradict each other, or ask for what there is not. */
final class TlsChecks {

    /** A year, which browsers ask of whoever wants to be built in. */
    private static final Duration PRELOADABLE = Duration.ofDays(365);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

    /** Fields that a subject must not be told in, because they mean something else. */
    private static final Set<String> TAKEN = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "via",
            "forwarded",
            "cookie",
            "authorization");

    private final Bound bound;
    private final Problems problems;
    private final String listener;
    private final String tls;

    private TlsChecks(Bound bound, Problems problems, String listener) {
        this.bound = bound;
        this.problems = problems;
        this.listener = listener;
        this.tls = listener + ".tls";
    }

    static void run(Bound bound, Problems problems) {
        for (int i = 0; bound.has("listeners[" + i + "]"); i++) {
            TlsChecks checks = new TlsChecks(bound, problems, "listeners[" + i + "]");
            checks.redirect();
            if (bound.has(checks.tls)) {
                TlsFileChecks.run(checks.tls, bound, problems);
                checks.ciphers();
                checks.sessions();
                checks.provider();
                checks.clientCertificate();
                checks.preload();
            }
        }
    }

    private void redirect() {
        String path = listener + ".redirect-to-https";
        if (!bound.has(path)) {
            return;
        }
        Integer status = bound.get(path + ".status", Integer.class);
        if (status != null && !REDIRECTS.contains(status)) {
            add(path + ".status", status + " redirects nobody to the same address", "301, 302, 307 or 308");
        }
        if (bound.has(tls)) {
            add(path, "given on a listener with TLS, which would lead to itself", "a listener without TLS");
        }
    }

    private void ciphers() {
        for (int i = 0; bound.has(tls + ".ciphers[" + i + "]"); i++) {
            String path = tls + ".ciphers[" + i + "]";
            String name = bound.get(path, String.class);
            if (name != null && TlsCipher.of(List.of(name)).isEmpty()) {
                List<String> known = Arrays.stream(TlsCipher.values())
                        .map(TlsCipher::openSslName)
                        .toList();
                add(path, name + " is not spoken here", Words.suggest(name, known));
            }
        }
        if (bound.has(tls + ".ciphers[0]")
                && bound.get(tls + ".min-version", ListenerTlsConfig.Version.class)
                        == ListenerTlsConfig.Version.TLS1_3) {
            add(tls + ".ciphers", "given besides min-version tls1-3, which has its own", "no ciphers");
        }
    }

    private void sessions() {
        Duration timeout = bound.get(tls + ".session-timeout", Duration.class);
        if (timeout != null && timeout.isZero() && bound.has(tls + ".ticket-keys[0]")) {
            add(tls + ".ticket-keys", "given besides session-timeout 0s", "a session-timeout, or no ticket-keys");
        }
    }

    /** Java's own provider has no way to share tickets, to keep sessions from being resumed, or to staple a file. */
    private void provider() {
        ListenerTlsConfig.Provider provider = bound.get(tls + ".provider", ListenerTlsConfig.Provider.class);
        if (provider != ListenerTlsConfig.Provider.JDK) {
            return;
        }
        Duration timeout = bound.get(tls + ".session-timeout", Duration.class);
        if (bound.has(tls + ".ticket-keys[0]")) {
            add(tls + ".ticket-keys", "given besides provider jdk, which cannot share them", "provider boringssl");
        }
        if (timeout != null && timeout.isZero()) {
            add(tls + ".session-timeout", "0s besides provider jdk, which always resumes", "provider boringssl");
        }
        if (Boolean.TRUE.equals(bound.get(tls + ".ocsp-stapling", Boolean.class))) {
            add(tls + ".ocsp-stapling", "true besides provider jdk, which cannot", "provider boringssl");
        }
    }

    private void clientCertificate() {
        String path = tls + ".client-certificate";
        String ca = bound.get(path + ".ca", String.class);
        boolean given = ca != null && !ca.isEmpty();
        boolean asked =
                bound.get(path + ".mode", ClientCertificateConfig.Mode.class) != ClientCertificateConfig.Mode.NONE;
        if (asked && !given) {
            add(path + ".ca", "missing", "the authorities that are trusted");
        } else if (given && !asked) {
            add(path + ".ca", "given besides mode none, so that nobody is asked", "mode optional or required");
        }
        String header = bound.get(path + ".header", String.class);
        if (header != null && TAKEN.contains(header.toLowerCase(Locale.ROOT))) {
            add(path + ".header", header + " means something else", "a field of its own");
        }
    }

    /** What the list that browsers build in asks for. */
    private void preload() {
        String path = tls + ".hsts";
        Duration age = bound.get(path + ".max-age", Duration.class);
        if (Boolean.TRUE.equals(bound.get(path + ".preload", Boolean.class))
                && (age == null
                        || age.compareTo(PRELOADABLE) < 0
                        || !Boolean.TRUE.equals(bound.get(path + ".include-subdomains", Boolean.class)))) {
            add(path + ".preload", "true without what it takes", "include-subdomains and a max-age of 365d or more");
        }
    }

    private void add(String path, String what, String expected) {
        problems.add(bound.at(path), path, what, expected);
    }
}
