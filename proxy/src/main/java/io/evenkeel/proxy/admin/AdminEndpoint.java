package io.evenkeel.proxy.admin;

import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** Everything the admin server serves: path, methods and one sentence of help. */
enum AdminEndpoint {
    INDEX("/", false, "This list."),
    HEALTHZ("/healthz", false, "200 while the process is alive."),
    READYZ("/readyz", false, "200 when the router may be sent traffic, otherwise 503 and the reasons."),
    METRICS("/metrics", false, "Metrics for Prometheus."),
    ENDPOINTS("/endpoints", false, "Upstreams, their endpoints and sources, as JSON."),
    EVENTS(
            "/events",
            false,
            "What becomes of endpoints, nodes and sources, as it happens: server-sent events; ?since=ID resumes, ?kinds=KIND,KIND selects."),
    CONFIG("/config", false, "The configuration in force, secrets masked, as JSON."),
    DRAIN("/drain", true, "?endpoint=ADDRESS:PORT[&upstream=NAME] sends an endpoint nothing new."),
    UNDRAIN("/undrain", true, "?endpoint=ADDRESS:PORT[&upstream=NAME] takes a drain back."),
    RELOAD("/reload", true, "Reads the configuration again; 422 and the errors if it is not valid.");

    private final String path;
    private final boolean isCommand;
    private final String help;

    AdminEndpoint(String path, boolean isCommand, String help) {
        this.path = path;
        this.isCommand = isCommand;
        this.help = help;
    }

    static @Nullable AdminEndpoint at(String path) {
        for (AdminEndpoint endpoint : values()) {
            if (endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    String path() {
        return path;
    }

    String help() {
        return help;
    }

    /** The methods it takes, as in the field {@code Allow}. */
    String allow() {
        return isCommand ? "POST" : "GET, HEAD";
    }

    /** A command changes the router, so only POST will do: nothing that a link, a picture or a crawler can send. */
    boolean takes(HttpMethod method) {
        return isCommand
                ? method.equals(HttpMethod.POST)
                : method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** Whether the answer is at hand, so that it is given even while the worker is busy with another. */
    boolean isImmediate() {
        return this == HEALTHZ || this == READYZ;
    }
}
