package io.evenkeel.proxy.admin;

import io.evenkeel.config.AdminConfig;
import io.evenkeel.config.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away from the admin endpoints: somebody's browser can reach loopback too.
 *
 * <ul>
 *   <li>DNS rebinding: a page whose own name is made to resolve to this machine sends that name as Host, so on a loopback address only
 *       IP literals, {@code localhost} and the configured name are served.
 *   <li>Cross-site requests: browsers name their page in {@code Origin} on every POST of a script or form, and tell how it relates to
 *       us in {@code Sec-Fetch-Site} (W3C Fetch Metadata); tools send neither.
 * </ul>
 *
 * <p>And other machines away from commands, unless they bring the token. Immutable.
 */
final class AdminGuard {

    private static final Set<String> OWN_SITES = Set.of("none", "same-origin");
    private static final String SEC_FETCH_SITE = "sec-fetch-site";

    private final boolean isLoopback;
    private final String configuredHost;
    private final Optional<byte[]> bearer;

    /** @param isLoopback whether the server is bound to an address that only this machine reaches */
    AdminGuard(boolean isLoopback, AdminConfig config) {
        this.isLoopback = isLoopback;
        this.configuredHost = config.address().host();
        this.bearer = config.token().map(Secret::value).map(token -> octets("Bearer " + token));
    }

    /** Why this request is refused, in one sentence, or null if it is not. */
    @Nullable
    String refusal(HttpRequest request, InetAddress client) {
        HttpHeaders headers = request.headers();
        if (isLoopback && !hostsAreOurs(headers.getAll(HttpHeaderNames.HOST))) {
            return "the Host field must be an IP address, localhost or the configured admin host";
        }
        return request.method().equals(HttpMethod.POST) ? refusalOfCommand(headers, client) : null;
    }

    private @Nullable String refusalOfCommand(HttpHeaders headers, InetAddress client) {
        if (isFromPage(headers)) {
            return "commands are not taken from web pages";
        }
        if (bearer.isEmpty()) {
            return client.isLoopbackAddress()
                    ? null
                    : "commands are taken from this machine only, unless admin.token is set";
        }
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        return MessageDigest.isEqual(bearer.get(), octets(authorization))
                ? null
                : "commands need the field Authorization: Bearer with admin.token";
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isFromPage(HttpHeaders headers) {
        String site = headers.get(SEC_FETCH_SITE);
        return headers.contains(HttpHeaderNames.ORIGIN) || (site != null && !OWN_SITES.contains(site));
    }

    /** No Host at all is an HTTP/1.0 tool, never a browser. */
    private boolean hostsAreOurs(List<String> hosts) {
        return hosts.stream().allMatch(this::isOurs);
    }

    private boolean isOurs(String hostAndPort) {
        String host = withoutPort(hostAndPort);
        return NetUtil.isValidIpV4Address(host)
                || NetUtil.isValidIpV6Address(host)
                || host.equalsIgnoreCase("localhost")
                || host.equalsIgnoreCase(configuredHost);
    }

    private static String withoutPort(String hostAndPort) {
        if (hostAndPort.startsWith("[")) {
            int end = hostAndPort.indexOf(']');
            return end < 0 ? hostAndPort : hostAndPort.substring(1, end);
        }
        int colon = hostAndPort.lastIndexOf(':');
        return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    }
}
