package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.LookupFailure;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts questions to DNS servers and forgets every answer: no cache, whatever the TTL says. UDP from a fresh port per question (RFC 5452
 * §9.2), TCP when the answer came truncated (RFC 7766 §5).
 *
 * <p><b>Threading.</b> Owns one event loop; what it hands out completes there.
 */
final class DnsClient implements AutoCloseable {

    /** Where a resolver would look by itself; every question names its server instead. */
    private static final InetSocketAddress UNUSED = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("evenkeel-dns", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Map<Duration, DnsNameResolver> resolvers = new ConcurrentHashMap<>();

    /**
     * Asks one server after another until one knows, be it that there is nothing.
     *
     * @param name absolute
     * @param timeout for each server, and once more if the answer has to come over TCP
     * @return fails with a {@link LookupFailure} when none of them does
     */
    CompletionStage<DnsAnswer> ask(List<InetSocketAddress> servers, String name, DnsRecordType type, Duration timeout) {
        DnsNameResolver resolver = resolvers.computeIfAbsent(timeout, this::resolver);
        DnsQuery query = new DnsQuery(loop, resolver, servers, name, type, timeout);
        loop.execute(query::askNext);
        return query.answer();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a daemon thread that nobody waits for
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** A resolver gives up by itself only after its own time-out, so there is one for each time-out in the configuration. */
    private DnsNameResolver resolver(Duration timeout) {
        return new DnsNameResolverBuilder(loop)
                .datagramChannelType(NioDatagramChannel.class)
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(new SingletonDnsServerAddressStreamProvider(UNUSED))
                .searchDomains(List.of())
                .ndots(0)
                .queryTimeoutMillis(Math.max(1, timeout.toMillis()))
                .build();
    }
}
