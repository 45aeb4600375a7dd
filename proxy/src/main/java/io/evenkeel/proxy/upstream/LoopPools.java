package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.channel.Channel;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one event loop, one for each endpoint that it has sent a request to and each protocol that it has spoken with it. Event-loop confined.
 */
public final class LoopPools {

    private final PoolContext context;
    private final PoolMaker maker;
    private final Pools http1;
    private final Pools http2;

    /** Those of which endpoints are told that they serve one client's connection, by that connection. */
    private final IdentityHashMap<Channel, LoopPools> byClient = new IdentityHashMap<>();

    /** @param maker makes pools of HTTP/2 connections */
    public LoopPools(PoolContext context, PoolMaker maker) {
        this.context = context;
        this.maker = maker;
        http1 = new Pools(context, Http1Pool::new);
        http2 = new Pools(context, maker);
    }

    /** The same for this connection of a client: where the upstream wants the PROXY protocol, a pool of its own, whose connections end with it. */
    public EndpointPool pool(EndpointState endpoint, UpstreamConfig config, Channel client) {
        if (config.proxyProtocol() == UpstreamConfig.ProxyProtocol.OFF) {
            return pool(endpoint, config);
        }
        LoopPools own = byClient.get(client);
        if (own == null) {
            own = new LoopPools(context.speakingFor(Passage.of(client)), maker);
            byClient.put(client, own);
            client.closeFuture().addListener(closed -> leave(client));
        }
        EndpointPool pool = own.pool(endpoint, config);
        if (!client.isOpen()) {
            pool.retire();
        }
        return pool;
    }

    private void leave(Channel client) {
        LoopPools own = byClient.remove(client);
        if (own != null) {
            own.close();
        }
    }

    /** The pool of this endpoint, with these limits from now on. What was opened to speak another protocol with it is left. */
    public EndpointPool pool(EndpointState endpoint, UpstreamConfig config) {
        boolean multiplexed = config.protocol() == UpstreamConfig.Protocol.HTTP2;
        Pools now = multiplexed ? http2 : http1;
        Pools before = multiplexed ? http1 : http2;
        EndpointPool pool = now.byEndpoint.get(endpoint);
        if (pool == null) {
            pool = now.maker.make(endpoint, config, now.context);
            now.byEndpoint.put(endpoint, pool);
            retire(before.byEndpoint.get(endpoint));
        } else {
            pool.configure(config);
        }
        return pool;
    }

    private static void retire(@Nullable EndpointPool pool) {
        if (pool != null) {
            pool.retire();
        }
    }

    /** Closes what has expired and forgets pools that are empty. To be called about once a second. */
    public void sweep() {
        http1.sweep();
        http2.sweep();
        byClient.values().forEach(LoopPools::sweep);
    }

    /** The endpoint has left its upstream. */
    public void retire(EndpointState endpoint) {
        of(endpoint, EndpointPool::retire);
    }

    /** Has those who wait for this endpoint or use it give it up, for this reason. */
    public void interrupt(EndpointState endpoint, Failure failure) {
        of(endpoint, pool -> pool.interrupt(failure));
    }

    /** The endpoint is unfit: whoever waits for it is told. */
    public void abandon(EndpointState endpoint) {
        of(endpoint, EndpointPool::abandon);
    }

    private void of(EndpointState endpoint, Consumer<EndpointPool> act) {
        EndpointPool first = http1.byEndpoint.get(endpoint);
        EndpointPool second = http2.byEndpoint.get(endpoint);
        if (first != null) {
            act.accept(first);
        }
        if (second != null) {
            act.accept(second);
        }
        byClient.values().forEach(own -> own.of(endpoint, act));
    }

    /** Closes every idle connection. */
    public void close() {
        http1.byEndpoint.values().forEach(EndpointPool::retire);
        http2.byEndpoint.values().forEach(EndpointPool::retire);
        byClient.values().forEach(LoopPools::close);
    }

    /** The pools of one protocol. */
    private record Pools(
            PoolContext context, PoolMaker maker, IdentityHashMap<EndpointState, EndpointPool> byEndpoint) {

        Pools(PoolContext context, PoolMaker maker) {
            this(context, maker, new IdentityHashMap<>());
        }

        void sweep() {
            byEndpoint.values().removeIf(pool -> {
                pool.sweep();
                return pool.unused();
            });
        }
    }
}
