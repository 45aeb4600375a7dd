package io.evenkeel.discovery.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link ConsulAgent} is started with besides its ports. Immutable.
 *
 * @param node the node's name
 * @param token the token that may do everything; empty: no access control
 * @param tls the certificates of its HTTPS port; empty: none
 * @param socket a Unix socket where it listens besides its port
 */
public record ConsulSettings(
        String node,
        Optional<String> token,
        Optional<TestCertificates> tls,
        boolean clientsShowCertificates,
        Optional<Path> socket) {

    /** A node named {@code test}, open to everybody, in plain text. */
    public static ConsulSettings plain() {
        return new ConsulSettings("test", Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    public ConsulSettings named(String name) {
        return new ConsulSettings(name, token, tls, clientsShowCertificates, socket);
    }

    /** Nobody may do anything without a token, and this one may do everything. */
    public ConsulSettings guardedBy(String master) {
        return new ConsulSettings(node, Optional.of(master), tls, clientsShowCertificates, socket);
    }

    /** An HTTPS port besides the plain one, which is for the test itself. */
    public ConsulSettings withTls(TestCertificates certificates, boolean clientsToo) {
        return new ConsulSettings(node, token, Optional.of(certificates), clientsToo, socket);
    }

    /** A Unix socket besides the port. */
    public ConsulSettings listeningAt(Path path) {
        return new ConsulSettings(node, token, tls, clientsShowCertificates, Optional.of(path));
    }

    /** The part of the agent's configuration file that these settings make, as JSON fields. */
    Map<String, Object> fields(Path folder) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node_name", node);
        token.ifPresent(master -> fields.put("acl", acl(master)));
        tls.ifPresent(certificates -> {
            fields.put("ca_file", certificates.authorityFile(folder).toString());
            fields.put("cert_file", certificates.serverFile(folder).toString());
            fields.put("key_file", certificates.serverKeyFile(folder).toString());
            fields.put("verify_incoming_https", clientsShowCertificates);
        });
        socket.ifPresent(path -> fields.put("addresses", Map.of("http", "127.0.0.1 unix://" + path)));
        return fields;
    }

    private static Map<String, Object> acl(String master) {
        return Map.of("enabled", true, "default_policy", "deny", "tokens", Map.of("master", master, "agent", master));
    }
}
