package io.evenkeel.discovery.testing;

import java.net.http.HttpResponse;

/**
 * What a {@link FaultyHttp} sends back. Immutable.
 *
 * @param status 0: there is no answer
 * @param index the value of X-Consul-Index, empty: none
 */
record RawAnswer(int status, String index, String body) {

    static final RawAnswer NONE = new RawAnswer(0, "", "");

    static RawAnswer of(HttpResponse<String> response) {
        String index = response.headers().firstValue("X-Consul-Index").orElse("");
        return new RawAnswer(response.statusCode(), index, response.body());
    }

    boolean missing() {
        return status == 0;
    }

    RawAnswer withoutIndex() {
        return new RawAnswer(status, "", body);
    }

    RawAnswer half() {
        return new RawAnswer(status, index, body.substring(0, body.length() / 2));
    }

    /** Its head, for a body of so many octets. */
    String head(int length) {
        String consul = index.isEmpty() ? "" : "X-Consul-Index: " + index + "\r\n";
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\n" + consul + "Content-Length: "
                + length + "\r\n\r\n";
    }
}
