package io.evenkeel.discovery.consul;

import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where an agent listens. Immutable.
 *
 * @param name as it is configured: {@code host:port} or {@code unix:/path}
 * @param base the root of its API; for a socket in the file system the host means nothing
 * @param socket the path of a socket in the file system
 */
record AgentAddress(String name, HttpUrl base, Optional<String> socket) {

    private static final String UNIX = "unix:";

    /** Reads an agent's address as it is configured. */
    static AgentAddress parse(String text, boolean tls) {
        if (text.startsWith(UNIX)) {
            return new AgentAddress(text, HttpUrl.get("http://localhost/"), Optional.of(text.substring(UNIX.length())));
        }
        return new AgentAddress(text, HttpUrl.get((tls ? "https://" : "http://") + text + "/"), Optional.empty());
    }

    /** A question's address in messages, such as {@code http://127.0.0.1:8500/v1/catalog/services}. */
    String of(Question<?> question) {
        return (socket.isPresent() ? name + " " : base.scheme() + "://" + name) + question.text();
    }

    HttpUrl.Builder under(Question<?> question) {
        HttpUrl.Builder url = base.newBuilder().addPathSegment("v1");
        question.path().forEach(url::addPathSegment);
        return url;
    }
}
