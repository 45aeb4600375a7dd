package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.ProbeResult;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One check under way: a connection of its own, and a deadline for all of it. The first answer counts and closes the connection, with a reset so that no
 * socket lingers. Confined to the one event loop of its bootstrap, but for {@link #ask}.
 */
final class Question {

    private final Duration timeout;
    private final CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    private boolean connected;
    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> deadline;

    Question(Duration timeout) {
        this.timeout = timeout;
    }

    /** Connects, with this handler on the connection, which answers. Any thread. */
    CompletionStage<ProbeResult> ask(Bootstrap bootstrap, InetSocketAddress address, ChannelHandler handler) {
        EventLoop loop = bootstrap.config().group().next();
        loop.execute(() -> connect(loop, bootstrap.clone().handler(handler), address));
        return result;
    }

    private void connect(EventLoop loop, Bootstrap bootstrap, InetSocketAddress address) {
        deadline = loop.schedule(this::onDeadline, timeout.toNanos(), TimeUnit.NANOSECONDS);
        ChannelFuture connecting = bootstrap
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the deadline is the check's
                .option(ChannelOption.SO_LINGER, 0)
                .connect(address);
        channel = connecting.channel();
        connecting.addListener(this::onConnected);
    }

    /** Whether it has been answered: what comes now is of no interest. */
    boolean answered() {
        return result.isDone();
    }

    void answer(ProbeResult answer) {
        if (!result.complete(answer)) {
            return;
        }
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (channel != null) {
            channel.close();
        }
    }

    /** The check failed for this reason. */
    void fail(@Nullable Throwable cause) {
        answer(ProbeResult.failed(Cause.text(cause)));
    }

    private void onConnected(Future<?> done) {
        connected = done.isSuccess();
        if (!connected) {
            fail(done.cause());
        }
    }

    private void onDeadline() {
        String what = connected ? "no answer within " : "no connection within ";
        answer(ProbeResult.silent(what + timeout.toMillis() + " ms"));
    }
}
