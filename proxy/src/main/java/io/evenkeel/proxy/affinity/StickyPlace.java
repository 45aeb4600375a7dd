package io.evenkeel.proxy.affinity;

import io.evenkeel.balancer.endpoint.EndpointState;

/** An endpoint and the cookie that leads to it. Immutable. */
final class StickyPlace {

    private final EndpointState endpoint;
    private final byte[] value;
    private final byte[] fieldLine;

    /**
     * @param value the cookie's value
     * @param fieldLine the whole {@code Set-Cookie} line
     */
    StickyPlace(EndpointState endpoint, byte[] value, byte[] fieldLine) {
        this.endpoint = endpoint;
        this.value = value;
        this.fieldLine = fieldLine;
    }

    EndpointState endpoint() {
        return endpoint;
    }

    byte[] value() {
        return value;
    }

    byte[] fieldLine() {
        return fieldLine;
    }
}
