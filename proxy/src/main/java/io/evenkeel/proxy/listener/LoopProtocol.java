package io.evenkeel.proxy.listener;

import io.evenkeel.proxy.http.ClientAddress;
import io.netty.channel.Channel;

/** What is spoken on the connections of one listener, as one event loop speaks it. Event-loop confined. */
interface LoopProtocol {

    /** Sets up how a connection that was just accepted reads, before it reads anything. */
    void prepare(Channel channel);

    /** Serves a connection that was let in: adds the handlers, whose first event is {@code channelActive}. */
    void begin(Channel channel, ClientAddress client);

    /** Ends a connection that is one too many, as politely as the protocol allows; it was not active yet. */
    void turnAway(Channel channel);

    /** The listener accepts no more: connections where nothing is under way close, the others end when that is done. */
    void retire();

    /** Closes every connection, whatever it is doing. */
    void closeAll();
}
