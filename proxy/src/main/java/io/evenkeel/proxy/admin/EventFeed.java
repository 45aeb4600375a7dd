package io.evenkeel.proxy.admin;

import io.evenkeel.discovery.events.NumberedEvent;
import io.evenkeel.discovery.events.Subscription;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's connection. What it does not read waits in its {@link Subscription}; it is closed when too much waits there, or when
 * it has read nothing for two heartbeats.
 *
 * <p><b>Threading.</b> Event-loop confined; it is woken by the control plane.
 *
 * <p><b>Ownership.</b> The subscription ends with the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a write is the channel's own closing
final class EventFeed extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final FeedRequest wanted;
    private final Subscription subscription;
    private final Future<?> heartbeat;
    private boolean sending;
    private boolean stalled;

    /** Subscribes; begins to send when it is added to the pipeline of the channel, on whose event loop this is called. */
    EventFeed(Channel channel, FeedRequest wanted, AdminView view, Duration heartbeat) {
        this.channel = channel;
        this.wanted = wanted;
        this.subscription =
                view.events(wanted.since(), () -> channel.eventLoop().execute(this::send));
        long millis = heartbeat.toMillis();
        this.heartbeat = channel.eventLoop().scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel.write(content(ServerSentEvent.beginning(subscription.since())));
        if (!subscription.complete()) {
            channel.write(content(ServerSentEvent.GAP));
        }
        send();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        send();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        heartbeat.cancel(false);
        subscription.close();
        context.fireChannelInactive();
    }

    /** Sends what waits, as far as the connection takes it. Writing and flushing change how much that is, and so call this again. */
    private void send() {
        if (sending) {
            return;
        }
        sending = true;
        for (NumberedEvent event = next(); event != null; event = next()) {
            if (wanted.kinds().contains(event.event().kind())) {
                channel.write(content(ServerSentEvent.of(event)));
            }
        }
        sending = false;
        if (subscription.ended()) {
            end();
        }
    }

    /** Null only after a flush that changed nothing: then everything was sent, or the connection will say when it takes more. */
    private @Nullable NumberedEvent next() {
        NumberedEvent event = nextIfWritable();
        if (event == null) {
            channel.flush();
            event = nextIfWritable();
        }
        return event;
    }

    private @Nullable NumberedEvent nextIfWritable() {
        return channel.isWritable() ? subscription.next() : null;
    }

    /** A connection that takes no more loses what it has not taken; the id of the last event it did take leads back. */
    private void end() {
        if (channel.isWritable()) {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    private void beat() {
        if (channel.isWritable()) {
            stalled = false;
            channel.writeAndFlush(content(ServerSentEvent.HEARTBEAT));
        } else if (stalled) {
            channel.close();
        } else {
            stalled = true;
        }
    }

    private HttpContent content(String text) {
        return new DefaultHttpContent(ByteBufUtil.writeUtf8(channel.alloc(), text));
    }
}
