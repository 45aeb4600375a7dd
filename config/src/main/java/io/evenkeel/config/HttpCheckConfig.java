package io.evenkeel.config;

import java.util.List;
import java.util.Optional;

/**
 * An HTTP request that checks an endpoint, and the answer that it must get.
 *
 * @param path the path. Path, default /.
 * @param method the method. get or head, default get.
 * @param host the Host field. Host, default none. None: the endpoint's address.
 * @param headers more fields to send.
 * @param statuses the statuses that pass. Statuses, default none. Such as 200 or 200-299; none: 200-399.
 * @param body what the first 64 KiB of the body must contain. Text, default none. None: anything.
 * @param username the user of basic authentication. Text, default none.
 * @param password its password. Secret, default none.
 * @param tls how the connection is encrypted.
 */
public record HttpCheckConfig(
        @Knob(byDefault = "/", format = TextFormat.PATH, need = Knob.Need.FREQUENT) String path,
        @Knob(byDefault = "get") Method method,
        @Knob(byDefault = "", format = TextFormat.HOST) String host,
        @Knob List<HeaderMatch> headers,
        @Knob(format = TextFormat.STATUS) List<String> statuses,
        @Knob(byDefault = "") String body,
        @Knob(byDefault = "") String username,
        @Knob Optional<Secret> password,
        @Knob ClientTlsConfig tls) {

    /** The methods that change nothing (RFC 9110 §9.2.1) and are answered everywhere. */
    public enum Method {
        GET,
        HEAD
    }

    /** Keeps its own copies of the lists. */
    public HttpCheckConfig {
        headers = List.copyOf(headers);
        statuses = List.copyOf(statuses);
    }
}
