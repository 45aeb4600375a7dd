package io.evenkeel.proxy.health;

import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;

/** What is asked of an endpoint, in the protocol that it speaks. Immutable. */
interface Check {

    /** How its connections are encrypted. */
    CheckTls tls();

    /** Puts what asks and hears the answer on a connection to this address. On its event loop. */
    void begin(ChannelPipeline pipeline, Question question, InetSocketAddress address);
}
