package io.evenkeel.config;

import io.evenkeel.config.pem.CertificateFolder;
import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files that the TLS of a listener names, so that a listener that is bound can serve. */
final class TlsFileChecks {

    /** Octets: a name, a key of authentication and a key of encryption, 16 each. */
    private static final int TICKET_KEY_BYTES = 48;

    private final Bound bound;
    private final Problems problems;
    private final String tls;

    private TlsFileChecks(Bound bound, Problems problems, String tls) {
        this.bound = bound;
        this.problems = problems;
        this.tls = tls;
    }

    /** @param tls the path of a listener's {@code tls} */
    static void run(String tls, Bound bound, Problems problems) {
        TlsFileChecks checks = new TlsFileChecks(bound, problems, tls);
        checks.certificates();
        checks.directory();
        checks.ticketKeys();
        checks.authorities();
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

    private void ticketKeys() {
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

    /** Of clients, where any is asked for a certificate. */
    private void authorities() {
        String path = tls + ".client-certificate";
        String ca = bound.get(path + ".ca", String.class);
        ClientCertificateConfig.Mode mode = bound.get(path + ".mode", ClientCertificateConfig.Mode.class);
        if (ca != null && !ca.isEmpty() && mode != ClientCertificateConfig.Mode.NONE) {
            bound.files().reads(Path.of(ca));
            read(path + ".ca", () -> PemFiles.certificates(Path.of(ca)));
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
