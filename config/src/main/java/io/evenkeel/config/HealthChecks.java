package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules about health checks and outlier detection that look at more than one key. */
final class HealthChecks {

    /** The router's own to say: how a message ends, and that the connection does. */
    private static final List<String> OWN_FIELDS =
            List.of("connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "expect");

    private final Bound bound;
    private final Problems problems;

    private HealthChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    /** @param upstream the path of one upstream */
    static void run(String upstream, Bound bound, Problems problems) {
        HealthChecks checks = new HealthChecks(bound, problems);
        String check = upstream + ".health-check";
        checks.notAbove(
                check + ".timeout", check + ".interval", "is longer than the interval, and checks never overlap");
        checks.notAbove(check + ".fast-interval", check + ".interval", "is slower than the interval");
        checks.phi(check + ".phi");
        checks.http(check + ".http");
        String outliers = upstream + ".outlier-detection";
        checks.notAbove(outliers + ".base-ejection", outliers + ".max-ejection", "is longer than the longest ejection");
    }

    /** Where one of the two was given: defaults agree with each other. */
    private void notAbove(String path, String limit, String what) {
        Duration value = bound.get(path, Duration.class);
        Duration most = bound.get(limit, Duration.class);
        if (value != null && most != null && value.compareTo(most) > 0) {
            String given = bound.has(path) ? path : limit;
            boolean own = given.equals(path);
            String expected = (own ? "≤ " : "≥ ") + Unit.TIME.render((own ? most : value).toNanos(), " ");
            problems.add(bound.at(given), given, own ? what : "is less than " + lastKey(path), expected);
        }
    }

    private void phi(String phi) {
        Integer weaken = bound.get(phi + ".weaken-at", Integer.class);
        Integer eject = bound.get(phi + ".eject-at", Integer.class);
        if (weaken != null && eject != null && weaken >= eject) {
            String path = bound.has(phi + ".weaken-at") ? phi + ".weaken-at" : phi + ".eject-at";
            boolean own = path.endsWith("weaken-at");
            String what = own ? "is not below eject-at" : "is not above weaken-at";
            problems.add(bound.at(path), path, what, own ? "< " + eject : "> " + weaken);
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
        String host = bound.get(http + ".host", String.class);
        if (host != null && host.startsWith("*")) {
            problems.add(bound.at(http + ".host"), http + ".host", host + " is a pattern", "one host");
        }
        credentials(http);
        statuses(http + ".statuses");
        fields(http);
        tls(http + ".tls");
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

    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
