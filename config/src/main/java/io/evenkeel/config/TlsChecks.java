package io.evenkeel.config;

import io.evenkeel.config.pem.CertificateFolder;
import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules about the TLS of listeners. The files that it names are read, so that a listener that is bound can serve. */
final class TlsChecks {

    /** Octets: a name, a key of authentication and a key of encryption, 16 each. */
    private static final int TICKET_KEY_BYTES = 48;

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
                checks.certificates();
                checks.directory();
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

    private void certificates() {
        String folder = bound.get(tls + ".directory", String.class);
        if (!bound.has(tls + ".certificates[0]") && (folder == null || folder.isEmpty())) {
            problems.add(bound.at(tls), tls + ".certificates", "missing", "certificates, or a directory of them");
        }
        for (int i = 0; bound.has(tls + ".certificates[" + i + "]"); i++) {
            String path = tls + ".certificates[" + i + "]";
            String chain = bound.get(path + ".chain", String.class);
            String key = bound.get(path + ".key", String.class);
            if (chain != null && key != null) {
                certificate(path, Path.of(chain), Path.of(key));
            }
        }
    }

    /** A chain that cannot be read is one problem, a key that cannot be read another. */
    private void certificate(String path, Path chain, Path key) {
        bound.files().reads(chain);
        bound.files().reads(key);
        bound.files().reads(CertifiedKey.ocspFile(chain));
        boolean chainRead = read(path + ".chain", () -> PemFiles.certificates(chain));
        boolean keyRead = read(path + ".key", () -> PemFiles.key(key));
        if (chainRead && keyRead) {
            read(path + ".key", () -> CertifiedKey.read(chain, key));
        }
    }

    private void directory() {
        String path = tls + ".directory";
        String folder = bound.get(path, String.class);
        if (folder == null || folder.isEmpty()) {
            return;
        }
        bound.files().reads(Path.of(folder));
        List<CertificateConfig> found = new ArrayList<>();
        if (!read(path, () -> found.addAll(CertificateFolder.list(Path.of(folder))))) {
            return;
        }
        if (found.isEmpty() && !bound.has(tls + ".certificates[0]")) {
            add(path, Words.quoted(folder) + " holds no certificate", "NAME.crt with NAME.key, or NAME.pem");
        }
        for (CertificateConfig each : found) {
            read(path, () -> CertifiedKey.read(Path.of(each.chain()), Path.of(each.key())));
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
        for (int i = 0; bound.has(tls + ".ticket-keys[" + i + "]"); i++) {
            String path = tls + ".ticket-keys[" + i + "]";
            String file = bound.get(path, String.class);
            if (file != null) {
                ticketKey(path, Path.of(file));
            }
        }
    }

    private void ticketKey(String path, Path file) {
        bound.files().reads(file);
        read(path, () -> {
            int length = PemFiles.bytes(file).length;
            if (length != TICKET_KEY_BYTES) {
                String what = Words.quoted(file.toString()) + " has " + length + " octets";
                add(path, what, "48 random octets, as openssl rand 48 makes them");
            }
        });
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
        } else if (given) {
            bound.files().reads(Path.of(ca));
            read(path + ".ca", () -> PemFiles.certificates(Path.of(ca)));
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

    /** Reads something. */
    private interface Reading {
        void run() throws PemException;
    }

    /** Whether it could be read; the problem is reported where not. */
    private boolean read(String path, Reading reading) {
        try {
            reading.run();
            return true;
        } catch (PemException e) {
            problems.add(bound.at(path), path, Words.plain(e.what()), e.expected());
            return false;
        }
    }

    private void add(String path, String what, String expected) {
        problems.add(bound.at(path), path, what, expected);
    }
}
