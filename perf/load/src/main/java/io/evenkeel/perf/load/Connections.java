package io.evenkeel.perf.load;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The open connections of one run. Ownership: closes them. */
final class Connections implements AutoCloseable {

    private final List<Channel> channels = new ArrayList<>();

    /** Opens this many, one after the other, from the default local address. */
    static Connections open(Client client, InetSocketAddress to, Answers answers, int count) throws Exception {
        Connections connections = new Connections();
        for (int i = 0; i < count; i++) {
            connections.channels.add(
                    client.connect(Loopback.address(1, 0), to, answers).sync().channel());
        }
        return connections;
    }

    int count() {
        return channels.size();
    }

    @Override
    public void close() {
        for (Channel channel : channels) {
            channel.close().syncUninterruptibly();
        }
    }
}
