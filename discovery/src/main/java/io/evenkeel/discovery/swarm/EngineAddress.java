package io.evenkeel.discovery.swarm;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** Where an engine listens, as the transport wants it. */
final class EngineAddress {

    private static final String UNIX = "unix:";

    private EngineAddress() {}

    static boolean isUnix(String engine) {
        return engine.startsWith(UNIX);
    }

    /**
     * The address of an engine as the configuration has it, such as {@code unix:/var/run/docker.sock} or {@code stack_proxy:2375}. Names of
     * Swarm services have underscores, which a URI does not allow in a host (RFC 3986 §3.2.2 does, Java does not): those are resolved here.
     *
     * @throws EngineFailure when there is no such host
     */
    static URI of(String engine) {
        try {
            if (isUnix(engine)) {
                return new URI("unix", null, engine.substring(UNIX.length()), null);
            }
            URI uri = new URI("tcp://" + engine);
            return uri.getHost() == null ? resolved(engine) : uri;
        } catch (URISyntaxException e) {
            throw new EngineFailure(engine + ": " + e.getReason());
        }
    }

    private static URI resolved(String engine) {
        int colon = engine.lastIndexOf(':');
        try {
            InetAddress address = InetAddress.getByName(engine.substring(0, colon));
            String literal = address.getHostAddress();
            String host = address instanceof Inet6Address ? "[" + literal + "]" : literal;
            return URI.create("tcp://" + host + engine.substring(colon));
        } catch (UnknownHostException e) {
            throw new EngineFailure(engine + ": unknown host");
        }
    }
}
