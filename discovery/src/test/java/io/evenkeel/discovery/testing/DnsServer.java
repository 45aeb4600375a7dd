package io.evenkeel.discovery.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A DNS server on a loopback port, UDP and TCP, that serves a {@link DnsZone} and misbehaves as the zone says.
 *
 * <p><b>Threading.</b> One event loop of its own; what it was asked can be read from any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that cannot be written is a question unanswered
public final class DnsServer implements AutoCloseable {

    private static final int BIND_ATTEMPTS = 20;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final DnsZone zone;
    private final Channel tcp;
    private final Channel udp;

    /** One question that arrived. */
    public record Asked(String name, String type, boolean overTcp) {}

    public DnsServer(DnsZone zone) {
        this.zone = zone;
        Channel[] pair = bindBoth();
        this.tcp = pair[0];
        this.udp = pair[1];
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) tcp.localAddress();
    }

    public List<Asked> asked() {
        return asked;
    }

    public long asked(String name, String type) {
        return asked.stream()
                .filter(a -> a.name().equals(name) && a.type().equals(type))
                .count();
    }

    @Override
    public void close() {
        tcp.close().syncUninterruptibly();
        udp.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The kernel gives a TCP port; its UDP twin may be taken, then another pair is tried. */
    private Channel[] bindBoth() {
        for (int attempt = 1; ; attempt++) {
            Channel stream = bindTcp();
            try {
                return new Channel[] {stream, bindUdp((InetSocketAddress) stream.localAddress())};
            } catch (RuntimeException e) {
                stream.close().syncUninterruptibly();
                if (attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Channel bindTcp() {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new OverTcp());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private Channel bindUdp(InetSocketAddress address) {
        return new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<NioDatagramChannel>() {
                    @Override
                    protected void initChannel(NioDatagramChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new OverUdp());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    private DnsQuestion note(DnsQuery query, boolean overTcp) {
        DnsQuestion question = query.recordAt(DnsSection.QUESTION);
        asked.add(new Asked(question.name(), question.type().name(), overTcp));
        return question;
    }

    private final class OverUdp extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            DnsQuestion question = note(query, false);
            DnsZone.Fault fault = zone.fault(question);
            if (fault == DnsZone.Fault.STALL) {
                return;
            }
            if (fault == DnsZone.Fault.WRONG_ID) {
                int wrong = (query.id() + 1) & 0xFFFF;
                ctx.writeAndFlush(zone.answer(question, response(query, wrong), false));
                return;
            }
            int copies = fault == DnsZone.Fault.DUPLICATE ? 3 : 1;
            for (int i = 0; i < copies; i++) {
                ctx.writeAndFlush(zone.answer(question, response(query, query.id()), false));
            }
        }

        private static DatagramDnsResponse response(DatagramDnsQuery query, int id) {
            return new DatagramDnsResponse(/* sender= */ query.recipient(), /* recipient= */ query.sender(), id);
        }
    }

    private final class OverTcp extends SimpleChannelInboundHandler<DefaultDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DefaultDnsQuery query) {
            DnsQuestion question = note(query, true);
            switch (zone.fault(question)) {
                case STALL_TCP -> {}
                case CLOSE_TCP -> ctx.close();
                default -> ctx.writeAndFlush(zone.answer(question, new DefaultDnsResponse(query.id()), true));
            }
        }
    }
}
