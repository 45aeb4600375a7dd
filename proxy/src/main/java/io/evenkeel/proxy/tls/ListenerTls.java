package io.evenkeel.proxy.tls;

import io.evenkeel.config.ListenerTlsConfig;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.proxy.loop.DeadlineWheel;
import io.evenkeel.proxy.telemetry.CertificateStatus;
import io.evenkeel.proxy.telemetry.TlsMeter;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one listener: what is in force, what a reload puts in its place, and the connections whose handshake is not done.
 *
 * <p><b>Threading.</b> {@link #begin} is called on event loops; the rest by one other thread at a time.
 */
public final class ListenerTls {

    private final String listener;
    private final OwnTicketSecrets ownSecrets;
    private final List<? extends Executor> loops;
    private final Set<Channel> shakingHands = ConcurrentHashMap.newKeySet();

    /** Publishes what is in force; {@link #install} and {@link #retire} write, event loops read. Null: nothing, nobody is served. */
    private volatile @Nullable ServerTls current;

    /** The keys of tickets in force, where they are the router's own; written by whichever loop first finds that they have changed, read by all. */
    private volatile @Nullable TicketKeys ownKeys;

    /**
     * @param listener what messages call the listener
     * @param loops the event loops that connections are served on
     */
    public ListenerTls(String listener, OwnTicketSecrets ownSecrets, List<? extends Executor> loops) {
        this.listener = listener;
        this.ownSecrets = ownSecrets;
        this.loops = loops;
    }

    /** What was read, and is not in force yet: one of {@link #install} and {@link #discard} follows. */
    public final class Prepared {

        private final ServerTls tls;
        private final @Nullable TicketKeys own;

        private Prepared(ServerTls tls, @Nullable TicketKeys own) {
            this.tls = tls;
            this.own = own;
        }

        /** Whether it is what is in force already. */
        boolean isCurrent() {
            return tls == current;
        }
    }

    /**
     * Reads certificates and keys, unless they are those in force.
     *
     * @param protocols offered by ALPN; none: ALPN is not spoken
     * @throws UncheckedIOException with one line that names the listener, the file and the reason
     */
    public Prepared prepare(ListenerTlsConfig config, List<String> protocols) {
        String digest = digest(config, protocols);
        ServerTls now = current;
        if (now != null && now.digest().equals(digest)) {
            return new Prepared(now, ownKeys);
        }
        ServerTls next = ServerTls.load(listener, config, protocols, digest);
        try {
            TicketKeys own = config.ticketKeys().isEmpty() ? ownSecrets.at(System.nanoTime()) : null;
            next.ticketKeys(own == null ? TicketKeys.read(config.ticketKeys()) : own);
            return new Prepared(next, own);
        } catch (PemException e) {
            next.release();
            throw failure(e);
        }
    }

    private String digest(ListenerTlsConfig config, List<String> protocols) {
        try {
            return TlsFiles.digest(config, protocols);
        } catch (PemException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(PemException e) {
        return new UncheckedIOException("listener " + listener + ": " + e.getMessage(), new IOException(e));
    }

    /** Puts it in force for handshakes from now on; those under way and connections are left alone. */
    public void install(Prepared prepared) {
        if (!prepared.isCurrent()) {
            ServerTls before = current;
            ownKeys = prepared.own;
            current = prepared.tls;
            release(before);
        }
    }

    public void discard(Prepared prepared) {
        if (!prepared.isCurrent()) {
            prepared.tls.release();
        }
    }

    /** The certificates that are shown. Any thread. */
    public List<CertificateStatus> certificates() {
        ServerTls now = current;
        return now == null ? List.of() : now.statuses();
    }

    /** Begins no more handshakes; those under way go on. */
    public void retire() {
        ServerTls before = current;
        current = null;
        release(before);
    }

    /** Frees memory of the TLS library once every event loop has done what it may have been doing with it. */
    private void release(@Nullable ServerTls before) {
        if (before != null) {
            LoopBarrier.after(loops, before::release);
        }
    }

    /** Closes the connections whose handshake is not done. */
    public void closeHandshakes() {
        shakingHands.forEach(Channel::close);
    }

    /** Begins the handshake of a connection that was accepted, and leaves it to {@code secured} when that is done. */
    public void begin(Channel channel, DeadlineWheel deadlines, TlsMeter meter, Secured secured) {
        ServerTls tls = current;
        if (tls == null) {
            channel.close();
            return;
        }
        refreshTickets(tls);
        shakingHands.add(channel);
        channel.closeFuture().addListener(closed -> shakingHands.remove(channel));
        Secured after = handshake -> {
            shakingHands.remove(channel);
            secured.begin(handshake);
        };
        channel.pipeline().addLast(new Greeting(this, tls.handshakeNanos(), meter, deadlines, after));
    }

    private void refreshTickets(ServerTls tls) {
        TicketKeys own = ownKeys;
        if (own != null) {
            TicketKeys now = ownSecrets.at(System.nanoTime());
            if (now != own) {
                ownKeys = now;
                tls.ticketKeys(now);
            }
        }
    }

    /** What is in force, or null. */
    @Nullable
    ServerTls current() {
        return current;
    }
}
