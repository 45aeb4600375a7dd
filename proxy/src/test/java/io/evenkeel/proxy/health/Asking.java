package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.ProbeResult;
import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.discovery.testing.TestCertificates;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Asks servers as a health check in the configuration file would. */
final class Asking implements AutoCloseable {

    /** Long enough for a busy machine: where this decides, the server never answers. */
    static final Duration PATIENT = Duration.ofSeconds(20);

    static final Duration SHORT = Duration.ofMillis(300);

    private final NettyProbes probes = new NettyProbes();

    /** @param check keys and values of {@code health-check} */
    HealthProbe probe(String check) {
        return probes.probe(config(check));
    }

    ProbeResult ask(String check, InetSocketAddress address) {
        return ask(check, address, PATIENT);
    }

    ProbeResult ask(String check, InetSocketAddress address, Duration timeout) {
        return probe(check).ask(address, timeout).toCompletableFuture().join();
    }

    /** TLS that trusts whom these certificates come from. */
    static String trusting(TestCertificates certificates) {
        return "tls: { enabled: true, ca: \"" + certificates.authority().replace("\n", "\\n") + "\" }";
    }

    private static HealthCheckConfig config(String check) {
        String yaml = "listeners: [{ name: web, address: \"127.0.0.1:0\" }]\n"
                + "upstreams: [{ name: u, endpoints: [{ static: [\"127.0.0.1:1\"] }], health-check: { " + check
                + " } }]\n";
        return ConfigFile.parse("test", yaml, name -> null)
                .orThrow()
                .upstreams()
                .get(0)
                .healthCheck()
                .orElseThrow();
    }

    @Override
    public void close() {
        probes.close();
    }
}
