package io.evenkeel.proxy.listener;

import io.evenkeel.config.AcceptProxyConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.config.ListenerConfig;
import io.evenkeel.proxy.exchange.ListenerSettings;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.loop.Binding;
import io.evenkeel.proxy.loop.Sockets;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.tcp.TcpListener;
import io.evenkeel.proxy.tcp.TcpSettings;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.tls.ListenerTls;
import io.evenkeel.proxy.tls.OwnTicketSecrets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bound address: one listening socket per event loop, so that a connection is accepted, served and closed by one thread. Methods may be called from
 * any thread but an event loop, one at a time.
 */
final class Listener implements AutoCloseable {

    /** What of the configuration connections read; replaced as one. */
    private record Current(
            ListenerConfig config,
            ListenerSettings settings,
            TcpSettings tcp,
            AddressBlocks trusted,
            AddressBlocks proxies) {

        /** Whether a connection from there is read for the header of the PROXY protocol. */
        boolean expectsHeader(InetAddress from) {
            return config.proxyProtocol().mode() != AcceptProxyConfig.Mode.OFF && proxies.contains(from);
        }
    }

    private final EventLoops loops;
    private final String pseudonym;
    private final ConnectionGate gate = new ConnectionGate();
    private final List<Channel> sockets = new ArrayList<>();
    private final List<LoopProtocol> protocols = new ArrayList<>();
    private final ListenerTls tls;

    /** Those that have not said yet for whom they are. */
    private final Set<Channel> entering = ConcurrentHashMap.newKeySet();

    /** Publishes the settings; {@link #configure} writes, event loops read. */
    private volatile Current current;

    Listener(
            ListenerConfig config,
            EventLoops loops,
            Destinations destinations,
            String pseudonym,
            OwnTicketSecrets ticketSecrets) {
        this.loops = loops;
        this.pseudonym = pseudonym;
        this.current = current(config, Set.of());
        this.tls = new ListenerTls(config.name(), ticketSecrets, loops.loops());
        for (EventLoops.Member member : loops.members()) {
            protocols.add(protocol(member, destinations));
        }
    }

    private LoopProtocol protocol(EventLoops.Member member, Destinations to) {
        return switch (config().protocol()) {
            case HTTP -> new HttpProtocol(new LoopListener(member.context(), this::settings, to.http()));
            case TCP -> new TcpProtocol(new TcpListener(member.tcp(), this::tcpSettings, to.tcp()));
        };
    }

    private Current current(ListenerConfig config, Set<String> subjectFields) {
        return new Current(
                config,
                ListenerSettings.of(config, pseudonym, subjectFields),
                TcpSettings.of(config),
                new AddressBlocks(config.forwarding().trustedProxies()),
                new AddressBlocks(config.proxyProtocol().from()));
    }

    private ListenerSettings settings() {
        return current.settings();
    }

    private TcpSettings tcpSettings() {
        return current.tcp();
    }

    ListenerConfig config() {
        return current.config();
    }

    /** Whether it can go on with this configuration: where it is bound and what is spoken there stay. */
    boolean serves(ListenerConfig next) {
        return config().address().equals(next.address())
                && config().protocol() == next.protocol()
                && config().tls().isPresent() == next.tls().isPresent();
    }

    /**
     * Puts other settings in force for the next request of every connection; address and protocol stay.
     *
     * @param subjectFields the fields in which any listener of this router tells endpoints the subjects of client certificates
     * @param secured what it is encrypted with from now on, or null
     */
    void configure(ListenerConfig config, Set<String> subjectFields, ListenerTls.@Nullable Prepared secured) {
        current = current(config, subjectFields);
        if (secured != null) {
            tls.install(secured);
        }
    }

    ListenerTls tls() {
        return tls;
    }

    /** What is offered by ALPN, the best first. */
    List<String> offered(ListenerConfig config) {
        return config.protocol() == ListenerConfig.Protocol.HTTP ? HttpProtocol.offered(config) : List.of();
    }

    /**
     * Binds all sockets.
     *
     * @param alone makes sure that nobody else listens at this address
     * @throws UncheckedIOException with one line that names listener and address; nothing stays bound
     */
    void bind(boolean alone) {
        HostPort wanted = current.config().address();
        if (alone) {
            Binding.probe("listener " + current.config().name(), wanted);
        }
        InetSocketAddress address = new InetSocketAddress(wanted.host(), wanted.port());
        for (int i = 0; i < loops.members().size(); i++) {
            ChannelFuture bound = bootstrap(i).bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw Binding.failure("listener " + current.config().name(), wanted, bound.cause());
            }
            sockets.add(bound.channel());
            address = (InetSocketAddress) bound.channel().localAddress();
        }
    }

    private ServerBootstrap bootstrap(int index) {
        EventLoops.Member member = loops.members().get(index);
        LoopProtocol protocol = protocols.get(index);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(member.loop())
                .channel(loops.transport().serverChannel())
                .handler(new Acceptor(current.config().name(), member.context(), member.acceptors()))
                .option(ChannelOption.SO_BACKLOG, current.config().backlog())
                .childOption(ChannelOption.ALLOCATOR, Sockets.ALLOCATOR)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARK)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        loops.transport().prepare(channel);
                        protocol.prepare(channel);
                        accept(channel, member, protocol);
                    }
                });
        loops.transport().reusePort(bootstrap);
        return bootstrap;
    }

    private void accept(Channel channel, EventLoops.Member member, LoopProtocol protocol) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        if (remote == null) {
            channel.close();
            return;
        }
        Current now = current;
        if (!gate.enter(now.config().limits())) {
            turnAway(channel, member, protocol);
            return;
        }
        channel.closeFuture().addListener(closed -> gate.leave());
        if (now.expectsHeader(remote.getAddress())) {
            expectHeader(channel, member, protocol);
        } else {
            admit(channel, member, protocol);
        }
    }

    /** Nothing can be said to a client that waits for a handshake. */
    private void turnAway(Channel channel, EventLoops.Member member, LoopProtocol protocol) {
        member.context().refused(Failure.CONNECTION_LIMIT);
        if (config().tls().isEmpty()) {
            protocol.turnAway(channel);
        } else {
            channel.close();
        }
    }

    private void expectHeader(Channel channel, EventLoops.Member member, LoopProtocol protocol) {
        entering.add(channel);
        channel.closeFuture().addListener(closed -> entering.remove(channel));
        boolean required = config().proxyProtocol().mode() == AcceptProxyConfig.Mode.REQUIRED;
        Entrance entrance = new Entrance(
                new Entrance.Doorkeeper() {
                    @Override
                    public void admit() {
                        entering.remove(channel);
                        Listener.this.admit(channel, member, protocol);
                    }

                    @Override
                    public void refused(Failure failure) {
                        member.context().refused(failure);
                    }
                },
                required,
                member.deadlines());
        entrance.expectWithin(settings().headNanos());
        channel.pipeline().addLast(entrance);
    }

    /** It is known for whom the connection is. */
    private void admit(Channel channel, EventLoops.Member member, LoopProtocol protocol) {
        InetAddress client = Passage.of(channel).source().getAddress();
        Current now = current;
        if (!gate.enter(client, now.config().limits())) {
            turnAway(channel, member, protocol);
            return;
        }
        channel.closeFuture().addListener(closed -> gate.leave(client));
        ClientAddress address = ClientAddress.of(client, now.trusted().contains(client));
        if (now.config().tls().isEmpty()) {
            protocol.begin(channel, address);
        } else {
            tls.begin(
                    channel,
                    member.deadlines(),
                    member.context().tlsMeter(now.config().name()),
                    handshake -> protocol.begin(channel, address.over(handshake)));
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) sockets.get(0).localAddress();
    }

    /** Accepts no more connections; those there are stay. */
    @Override
    public void close() {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
        sockets.clear();
    }

    /** Accepts no more connections; those that idle close, the others after the exchange at work. */
    void retire() {
        close();
        entering.forEach(Channel::close);
        tls.retire();
        eachOnItsLoop(LoopProtocol::retire);
    }

    int openConnections() {
        return gate.open();
    }

    void closeAllConnections() {
        entering.forEach(Channel::close);
        tls.closeHandshakes();
        eachOnItsLoop(LoopProtocol::closeAll);
    }

    private void eachOnItsLoop(Consumer<LoopProtocol> action) {
        for (int i = 0; i < protocols.size(); i++) {
            LoopProtocol protocol = protocols.get(i);
            loops.members().get(i).loop().execute(() -> action.accept(protocol));
        }
    }
}
