package io.evenkeel.config;

import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import java.util.List;

/** Rules about the TLS of connections to endpoints. */
final class UpstreamTlsChecks {

    private static final List<String> SETTINGS = List.of("server-name", "ca", "certificate", "key");

    private final Bound bound;
    private final Problems problems;
    private final String path;

    private UpstreamTlsChecks(Bound bound, Problems problems, String path) {
        this.bound = bound;
        this.problems = problems;
        this.path = path;
    }

    static void run(String upstream, Bound bound, Problems problems) {
        UpstreamTlsConfig tls = bound.get(upstream + ".tls", UpstreamTlsConfig.class);
        if (tls != null && bound.has(upstream + ".tls")) {
            UpstreamTlsChecks checks = new UpstreamTlsChecks(bound, problems, upstream + ".tls");
            checks.enabled(tls);
            checks.verification(tls);
            checks.texts(tls);
        }
    }

    /** Who configures TLS and gets none would send everything in the clear. */
    private void enabled(UpstreamTlsConfig tls) {
        boolean configured = SETTINGS.stream().anyMatch(key -> given(key) || given(key + "-file"));
        if (configured && !tls.enabled()) {
            problems.add(bound.at(path), path + ".enabled", "not true besides other settings", "enabled: true");
        }
    }

    private boolean given(String key) {
        return bound.has(path + "." + key);
    }

    private void verification(UpstreamTlsConfig tls) {
        if (!tls.verify() && tls.ca().isPresent()) {
            problems.add(bound.at(path), path + ".ca", "given besides verify: false", "one of them");
        }
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            String absent = tls.key().isPresent() ? ".certificate" : ".key";
            problems.add(bound.at(path), path + absent, "missing", "certificate and key together");
        }
    }

    private void texts(UpstreamTlsConfig tls) {
        try {
            if (tls.ca().isPresent()) {
                PemFiles.certificates(tls.ca().get().value(), "ca");
            }
            if (tls.certificate().isPresent() && tls.key().isPresent()) {
                CertifiedKey.requireMatch(
                        PemFiles.certificates(tls.certificate().get().value(), "certificate")
                                .get(0),
                        PemFiles.key(tls.key().get().value(), "key"),
                        "key");
            }
        } catch (PemException e) {
            problems.add(bound.at(path), path, e.what(), e.expected());
        }
    }
}
