package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.Handshake;
import io.evenkeel.proxy.loop.Deadline;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to a TCP listener, joined with one to an endpoint: what either side sends goes to the other as it came, and so does an end of
 * sending, or a reset. Event-loop confined.
 *
 * <p><b>Ownership.</b> It ends once, in {@link #end}: then nothing of it is open, held or counted any more.
 */
final class TcpConnection {

    private final TcpListener listener;
    private final TcpLoop loop;
    private final RelayEnd client;
    private final TcpRecording recording;
    private final @Nullable Handshake handshake;
    private final HeldBytes held = new HeldBytes();
    private final Deadline deadline = new Deadline(this::onDeadline);
    private @Nullable Connecting connecting;
    private @Nullable RelayEnd upstream;
    private @Nullable Flow up;
    private @Nullable Flow down;
    private long idleNanos;
    private boolean routed;
    private boolean ended;

    @Nullable
    TcpConnection previous;

    @Nullable
    TcpConnection next;

    /** @param reads of the client's channel */
    TcpConnection(TcpListener listener, ClientAddress address, RelayReads reads) {
        this.listener = listener;
        this.loop = listener.loop();
        this.client = new RelayEnd(this, Side.DOWNSTREAM, reads);
        this.recording = new TcpRecording(listener, address);
        this.handshake = address.handshake();
    }

    RelayEnd clientEnd() {
        return client;
    }

    TcpLoop loop() {
        return loop;
    }

    TcpRecording recording() {
        return recording;
    }

    /** From where to where the client connected. */
    Passage passage() {
        return Passage.of(client.channel());
    }

    /** A client's side begins with this; an endpoint's has begun when the connection to it succeeded. */
    void onActive(RelayEnd end) {
        if (end == client) {
            loop.connections.add(this);
            loop.telemetry.opened(Side.DOWNSTREAM);
            recording.begin();
            greet();
        }
    }

    private void greet() {
        TcpSettings settings = listener.settings();
        idleNanos = settings.idleNanos();
        if (handshake != null) {
            String named = handshake.serverName();
            route(named.isEmpty() ? null : named);
        } else if (listener.table().looksAtNames()) {
            loop.deadlines.set(deadline, loop.clock.batchNanos() + settings.helloNanos());
        } else {
            route(null);
        }
    }

    private void readHello() {
        switch (held.readHello(listener.settings().maxHelloBytes())) {
            case INCOMPLETE -> {}
            case NAMED -> route(held.server());
            case NAMELESS -> route(null);
            case TOO_LONG -> end(Failure.CLIENT_HELLO_TOO_LARGE);
            case MALFORMED -> end(Failure.MALFORMED_CLIENT_HELLO);
        }
    }

    private void route(@Nullable String server) {
        routed = true;
        loop.deadlines.cancel(deadline);
        DestinationBinding binding = listener.route(server);
        recording.routed(server, binding);
        if (binding == null) {
            end(Failure.NO_ROUTE);
            return;
        }
        client.reading(false);
        Connecting attempts = new Connecting(this, binding);
        connecting = attempts;
        attempts.start();
    }

    /** There is a connection to an endpoint: what the client has sent goes there, and from now on everything. */
    void onConnected(RelayEnd endpoint) {
        upstream = endpoint;
        up = new Flow(this, client, endpoint);
        down = new Flow(this, endpoint, client);
        held.moveTo(endpoint);
        endpoint.flush();
        touch();
        if (client.inputEnded()) {
            endpoint.endOutput();
        }
        client.reading(endpoint.isWritable());
    }

    void onBytes(RelayEnd from, ByteBuf bytes) {
        if (ended || isStranger(from)) {
            bytes.release();
            return;
        }
        Flow flow = flow(from);
        if (flow == null) {
            recording.passed(from.side(), bytes.readableBytes());
            held.add(bytes);
        } else {
            flow.onBytes(bytes);
        }
    }

    void onReadComplete(RelayEnd from) {
        Flow flow = flow(from);
        if (flow != null) {
            touch();
            flow.onReadComplete();
        } else if (!routed && !ended && !held.isEmpty()) {
            readHello();
        }
    }

    /** What this end receives takes this way, or null: there is none yet. */
    private @Nullable Flow flow(RelayEnd from) {
        return from == client ? up : down;
    }

    /** Whether this is the remains of an attempt that was given up. */
    private boolean isStranger(RelayEnd end) {
        return end != client && end != upstream;
    }

    /** This side takes bytes again. */
    void onWritable(RelayEnd end) {
        Flow flow = end == client ? down : up;
        if (flow != null) {
            touch();
            flow.onWritable();
        }
    }

    /** This side sends no more. */
    void onInputEnded(RelayEnd end) {
        Flow flow = flow(end);
        if (flow != null) {
            touch();
            flow.onInputEnded();
        } else if (!routed) {
            end(held.isEmpty() ? null : Failure.CLIENT_ABORTED);
        }
    }

    /** One side was told that no more comes; when both were, all is over. */
    void onOutputEnded() {
        if (upstream != null && client.outputEnded() && upstream.outputEnded()) {
            end(null);
        }
    }

    void onBroken(RelayEnd end, Throwable cause) {
        loop.failureLog.broken(cause);
        if (isStranger(end)) {
            end.close();
            return;
        }
        breakOff(end);
    }

    void onClosed(RelayEnd end) {
        if (isStranger(end)) {
            return;
        }
        loop.telemetry.closed(end.side());
        breakOff(end);
    }

    /** This side ends with a reset. Where the other had ended its own before, that is how many close: no failure. */
    private void breakOff(RelayEnd end) {
        RelayEnd other = end == client ? upstream : client;
        boolean last = other != null && other.inputEnded();
        conclude(last ? null : end == client ? Failure.CLIENT_ABORTED : Failure.UPSTREAM_RESET, true);
    }

    /** Something has moved: the time that both sides may be silent starts anew. */
    void touch() {
        if (idleNanos > 0 && !ended) {
            loop.deadlines.set(deadline, loop.clock.batchNanos() + idleNanos);
        }
    }

    private void onDeadline() {
        if (routed) {
            end(Failure.TUNNEL_IDLE);
        } else {
            end(held.isEmpty() ? null : Failure.HEAD_TIMEOUT);
        }
    }

    /** Ends it if it is relayed to this endpoint. */
    void interrupt(EndpointState endpoint, Failure failure) {
        if (connecting != null && connecting.endpoint() == endpoint) {
            end(failure);
        }
    }

    /** Gives up waiting for this endpoint to take a connection. */
    void abandon(EndpointState endpoint) {
        if (connecting != null && connecting.endpoint() == endpoint && upstream == null) {
            connecting.abandon();
        }
    }

    /** Ends it if it is this listener's and nothing is under way. */
    void retire(TcpListener of) {
        if (of == listener && !routed) {
            end(null);
        }
    }

    /** Ends it if it is this listener's. */
    void shutDown(TcpListener of) {
        if (of == listener) {
            end(Failure.SHUTDOWN);
        }
    }

    /** Ends it: properly if {@code failure} is null, otherwise so that neither side takes it for complete. */
    void end(@Nullable Failure failure) {
        conclude(failure, failure != null);
    }

    private void conclude(@Nullable Failure failure, boolean broken) {
        if (ended) {
            return;
        }
        ended = true;
        loop.connections.remove(this);
        loop.deadlines.cancel(deadline);
        held.release();
        if (up != null && down != null) {
            up.end();
            down.end();
        }
        if (connecting != null) {
            connecting.end(fault(failure));
        }
        hangUp(broken);
        recording.finish(failure);
    }

    private void hangUp(boolean broken) {
        if (upstream != null && broken) {
            upstream.reset();
            client.reset();
        } else {
            if (upstream != null) {
                upstream.close();
            }
            client.close();
        }
    }

    /** What an end says about the endpoint: one that resets what it has not answered at all is not well. */
    private @Nullable Fault fault(@Nullable Failure failure) {
        return failure == Failure.UPSTREAM_RESET && recording.sentBytes() == 0 ? Fault.GATEWAY : null;
    }
}
