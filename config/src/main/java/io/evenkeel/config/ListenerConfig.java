package io.evenkeel.config;

import java.util.Optional;

/**
 * A bound address and its settings.
 *
 * @param name what logs and metrics call it. Name, required.
 * @param address where clients connect. Address, required. 0.0.0.0 and [::] take every interface; port 0 asks the
 *     system for a free one.
 * @param protocol what is spoken there. http or tcp, default http. http is HTTP/1.1 and HTTP/2; tcp is any protocol, relayed as it is.
 * @param tcp where connections go, with protocol tcp.
 * @param tls how clients' connections are decrypted; none: they are not encrypted.
 * @param http2 how HTTP/2 is spoken.
 * @param redirectToHttps sends every client to TLS; none: requests are served.
 * @param proxyProtocol whose word about the client's address is taken.
 * @param backlog connections the kernel may hold that are not yet accepted. Count, 1 to 65535, default 4096. More ride
 *     out a longer burst; fewer refuse earlier. The kernel's own limit ({@code net.core.somaxconn}) still holds.
 * @param limits what clients may ask.
 * @param timeouts how long clients are waited for.
 * @param forwarding what endpoints are told about clients.
 */
public record ListenerConfig(
        @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) String name,
        @Knob(need = Knob.Need.ESSENTIAL) HostPort address,
        @Knob(byDefault = "http") Protocol protocol,
        @Knob Optional<TcpConfig> tcp,
        @Knob(need = Knob.Need.FREQUENT) Optional<ListenerTlsConfig> tls,
        @Knob Http2Config http2,
        @Knob Optional<HttpsRedirectConfig> redirectToHttps,
        @Knob AcceptProxyConfig proxyProtocol,
        @Knob(byDefault = "4096", min = "1", max = "65535") int backlog,
        @Knob ListenerLimits limits,
        @Knob ListenerTimeouts timeouts,
        @Knob ForwardingConfig forwarding) {

    /** A listener for HTTP with everything but these at its default. */
    public static ListenerConfig http(String name, HostPort address, ForwardingConfig forwarding) {
        return new ListenerConfig(
                name,
                address,
                Protocol.HTTP,
                Optional.empty(),
                Optional.empty(),
                Http2Config.defaults(),
                Optional.empty(),
                AcceptProxyConfig.defaults(),
                4096,
                ListenerLimits.defaults(),
                ListenerTimeouts.defaults(),
                forwarding);
    }

    /** What a listener speaks. */
    public enum Protocol {
        HTTP,
        TCP
    }
}
