package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.loop.Sockets;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a relayed connection: what one end receives goes to the other, no faster than that takes it.
 *
 * <p>Bytes are read into memory and written from there. Where much comes at once, and both ends are plain sockets that {@code splice(2)} can move pages
 * between, only the first few of each event are; the rest goes through a pipe, which the flow keeps while the receiver has no room for what is in it. To hear when there is
 * room again, the first few bytes of the pipe are written as usual.
 *
 * <p>Netty's own {@code spliceTo} is not used: it loses bytes. Event-loop confined.
 */
final class Flow {

    /** A read of so many bytes at once begins a bulk transfer. */
    private static final int MANY = 64 * 1024;

    /** An event with fewer bytes ends it. */
    private static final int LITTLE = 32 * 1024;

    /** Bytes moved before other connections of the loop have their turn. */
    private static final int TURN = 2 * 1024 * 1024;

    /** Bytes written as usual to hear that there is room. */
    private static final int PROBE = 4 * 1024;

    private final TcpConnection connection;
    private final RelayEnd from;
    private final RelayEnd to;
    private final Pipes pipes;
    private @Nullable Pipe pipe;
    private int arrived;
    private boolean bulk;
    private boolean waiting;
    private boolean ended;

    Flow(TcpConnection connection, RelayEnd from, RelayEnd to) {
        this.connection = connection;
        this.from = from;
        this.to = to;
        this.pipes = connection.loop().pipes;
    }

    void onBytes(ByteBuf bytes) {
        arrived += bytes.readableBytes();
        connection.recording().passed(from.side(), bytes.readableBytes());
        if (pipe != null && !copyRest(pipe)) {
            bytes.release();
            return;
        }
        to.write(bytes);
        if (!to.isWritable()) {
            from.reading(false);
        }
    }

    void onReadComplete() {
        int came = arrived;
        arrived = 0;
        to.flush();
        if (ended || waiting) {
            return;
        }
        if (bulk) {
            pump();
        } else if (came >= MANY && from.canSplice() && to.canSplice()) {
            bulk(true);
        }
    }

    /** The receiver has taken most of what was written. */
    void onWritable() {
        if (!waiting) {
            from.reading(true);
        }
    }

    /** Nothing follows. */
    void onInputEnded() {
        if (pipe == null || copyRest(pipe)) {
            to.endOutput();
        }
    }

    /** The connection is over; what has not gone yet is lost. */
    void end() {
        ended = true;
        letGo();
    }

    private void bulk(boolean on) {
        bulk = on;
        from.reads().few(on);
    }

    /** Moves what there is, until there is no more of it, or no room for it. */
    private void pump() {
        if (to.hasUnwritten()) {
            awaitRoom();
            return;
        }
        Pipe through = pipe == null ? pipes.borrow() : pipe;
        pipe = through;
        int moved = 0;
        if (through != null) {
            moved = through.held();
            int more;
            do {
                if (!empty(through)) {
                    return;
                }
                more = moved < TURN ? fill(through) : 0;
                moved += more;
            } while (more > 0);
            if (ended) {
                return;
            }
            letGo();
        }
        if (moved < LITTLE) {
            bulk(false);
        }
        from.reading(true);
    }

    private int fill(Pipe through) {
        try {
            int bytes = through.fillFrom(from.descriptor(), TURN);
            connection.recording().passed(from.side(), bytes);
            return bytes;
        } catch (IOException e) {
            connection.onBroken(from, e);
            return 0;
        }
    }

    /** False: not now. */
    private boolean empty(Pipe through) {
        try {
            if (through.emptyInto(to.descriptor())) {
                return true;
            }
            to.write(through.take(Sockets.ALLOCATOR, PROBE));
            awaitRoom();
        } catch (IOException e) {
            connection.onBroken(to, e);
        }
        return false;
    }

    private void awaitRoom() {
        waiting = true;
        from.reading(false);
        to.whenWritten(this::resume);
    }

    private void resume() {
        waiting = false;
        if (!ended && !from.inputEnded()) {
            connection.touch();
            pump();
        }
    }

    /** Bytes have come by way of memory, as Netty reads all that is left when the peer has ended: those in the pipe are before them. */
    private boolean copyRest(Pipe rest) {
        try {
            while (rest.held() > 0) {
                to.write(rest.take(Sockets.ALLOCATOR, MANY));
            }
            letGo();
            return true;
        } catch (IOException e) {
            connection.onBroken(to, e);
            return false;
        }
    }

    private void letGo() {
        Pipe done = pipe;
        pipe = null;
        if (done != null) {
            pipes.giveBack(done);
        }
    }
}
