package io.evenkeel.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules about what endpoints are asked in a health check that look at more than one key. */
final class ProbeChecks {

    /** At most one of them. */
    private static final List<String> KINDS = List.of("http", "grpc", "cql");

    /** The router's own to say: how a message ends, and that the connection does. */
    private static final List<String> OWN_FIELDS =
            List.of("connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "expect");

    private final Bound bound;
    private final Problems problems;

    private ProbeChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    /** @param check the path of one health check */
    static void run(String check, Bound bound, Problems problems) {
        ProbeChecks checks = new ProbeChecks(bound, problems);
        checks.oneKind(check);
        checks.http(check + ".http");
        for (String kind : KINDS) {
            checks.host(check + "." + kind + ".host");
            checks.tls(check + "." + kind + ".tls");
        }
    }

    private void oneKind(String check) {
        List<String> given =
                KINDS.stream().filter(kind -> bound.has(check + "." + kind)).toList();
        for (String kind : given.subList(Math.min(1, given.size()), given.size())) {
            String path = check + "." + kind;
            problems.add(bound.at(path), path, "given besides " + given.get(0), "one of " + String.join(", ", KINDS));
        }
    }

    private void host(String path) {
        String host = bound.get(path, String.class);
        if (host != null && host.startsWith("*")) {
            problems.add(bound.at(path), path, host + " is a pattern", "one host");
        }
    }

    private void http(String http) {
        if (!bound.has(http)) {
            return;
        }
        String body = http + ".body";
        if (bound.get(http + ".method", HttpCheckConfig.Method.class) == HttpCheckConfig.Method.HEAD
                && bound.has(body)) {
            problems.add(bound.at(body), body, "an answer to head has no body", "method get, or no body");
        }
        credentials(http);
        statuses(http + ".statuses");
        fields(http);
    }

    private void credentials(String http) {
        String username = http + ".username";
        String name = bound.get(username, String.class);
        if (name != null && name.isEmpty() && hasSecret(http + ".password")) {
            problems.add(bound.at(http), http + ".password", "given without a username", "username and password");
        }
        if (name != null && name.indexOf(':') >= 0) {
            problems.add(bound.at(username), username, "contains ':' (RFC 7617 §2)", "a name without ':'");
        }
    }

    private void statuses(String list) {
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            String range = bound.get(path, String.class);
            if (range == null) {
                continue;
            }
            String least = range.substring(0, 3);
            String most = range.substring(range.length() - 3);
            if (least.compareTo(most) > 0) {
                problems.add(bound.at(path), path, range + " ends before it begins", most + "-" + least);
            } else if (least.compareTo("200") < 0) {
                problems.add(bound.at(path), path, range + " is no final status", "200 or more");
            }
        }
    }

    private void fields(String http) {
        for (int i = 0; bound.has(http + ".headers[" + i + "]"); i++) {
            String path = http + ".headers[" + i + "]";
            HeaderMatch field = bound.get(path, HeaderMatch.class);
            if (field == null) {
                continue;
            }
            String name = field.name().toLowerCase(Locale.ROOT);
            if (OWN_FIELDS.contains(name)) {
                problems.add(bound.at(path), path + ".name", field.name() + " is the router's own", "another field");
            } else if (name.equals("host")) {
                problems.add(bound.at(path), path + ".name", "Host has a key of its own", "http.host");
            } else if (name.equals("authorization") && bound.has(http + ".username")) {
                problems.add(bound.at(path), path + ".name", "given besides a username", "one of the two");
            }
            if (field.value().isEmpty()) {
                problems.add(bound.at(path), path + ".value", "missing", "the value to send");
            }
        }
    }

    private void tls(String tls) {
        boolean certificate = hasSecret(tls + ".certificate");
        boolean key = hasSecret(tls + ".key");
        if (certificate != key) {
            String missing = tls + (key ? ".certificate" : ".key");
            problems.add(bound.at(tls), missing, "missing", "certificate and key together");
        }
        boolean given = certificate || key || hasSecret(tls + ".ca");
        if (given && Boolean.FALSE.equals(bound.get(tls + ".enabled", Boolean.class))) {
            problems.add(bound.at(tls), tls + ".enabled", "TLS is off, but has certificates or keys", "true");
        }
    }

    private boolean hasSecret(String path) {
        return bound.has(path)
                || bound.has(path + "-file")
                || Optional.ofNullable(bound.get(path, Secret.class)).isPresent();
    }
}
