package io.evenkeel.proxy.http;

import io.evenkeel.config.ForwardingConfig;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A writer of request heads, and what it writes as text. */
class WriterFixture {

    static final ForwardingConfig NOTHING = policy(false, false, false, false, false);
    static final String START = "GET / HTTP/1.1\r\n";

    final RequestHeadWriter writer = new RequestHeadWriter();
    final RequestId id = new RequestId(new SplittableRandom(1));

    static ForwardingConfig policy(
            boolean xForwarded, boolean forwarded, boolean via, boolean requestId, boolean traceparent) {
        return new ForwardingConfig(List.of(), xForwarded, forwarded, via, requestId, traceparent);
    }

    static ClientAddress client(String address, boolean trusted) {
        try {
            return ClientAddress.of(InetAddress.getByName(address), trusted);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    String write(String text, @Nullable PathRewrite rewrite, ForwardingConfig config, ClientAddress client) {
        RequestHead head = Heads.request(text);
        id.settle(head);
        ForwardingPolicy policy = new ForwardingPolicy(config, "edge-1");
        return Heads.drain(writer.write(head, rewrite, policy, client, id, null, ByteBufAllocator.DEFAULT));
    }
}
