package io.evenkeel.proxy.key;

import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.config.HashKeyConfig;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;

/** Tells which requests belong together: those of which it makes the same key. Event-loop confined; allocates nothing per request. */
public final class RequestKey {

    private final KeyPart part;
    private final KeyHash hash;
    private final Span found = new Span();

    private RequestKey(KeyPart part, HashSeed seed) {
        this.part = part;
        this.hash = new KeyHash(seed);
    }

    /** @param onAbort is run when an expression was given up, because the path would have taken it too long */
    public static RequestKey of(HashKeyConfig config, HashSeed seed, Runnable onAbort) {
        return new RequestKey(part(config, onAbort), seed);
    }

    private static KeyPart part(HashKeyConfig config, Runnable onAbort) {
        if (config instanceof HashKeyConfig.Header header) {
            return new HeaderPart(header.name());
        } else if (config instanceof HashKeyConfig.Cookie cookie) {
            return new CookiePart(cookie.name());
        } else if (config instanceof HashKeyConfig.Query query) {
            return new QueryPart(query.name());
        } else if (config instanceof HashKeyConfig.ClientAddress client) {
            return new ClientPart(client);
        } else if (config instanceof HashKeyConfig.PathGroup path) {
            return new PathPart(path.patterns(), onAbort);
        }
        throw new IllegalArgumentException("not a key: " + config);
    }

    /** The key of this request; {@link LoadBalancer#NO_KEY} where it does not say what the key is made of, or says nothing there. */
    public long of(RequestHead head, ClientAddress client) {
        return part.find(head, client, found) && found.end() > found.start()
                ? hash.of(found.bytes(), found.start(), found.end())
                : LoadBalancer.NO_KEY;
    }
}
