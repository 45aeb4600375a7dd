package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.RequestHead;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts requests out of what a client sends, one after the other. What has no place to go yet waits here: a partial head, a body whose endpoint is not
 * connected, requests ahead of their turn. Event-loop confined.
 *
 * <p><b>Ownership.</b> {@link #input} holds what is not yet consumed until {@link #release}.
 */
final class RequestReader {

    private final DownstreamConnection connection;
    private final LoopContext loop;
    private @Nullable ByteBuf input;
    private boolean processing;

    RequestReader(DownstreamConnection connection, LoopContext loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /** <b>Ownership.</b> Takes {@code bytes}. */
    void add(ByteBuf bytes) {
        input = input == null ? bytes : Buffers.join(input, bytes);
    }

    /** Consumes input for as long as there is somewhere for it to go. A call from within itself leaves the rest to the outer one. */
    void process() {
        if (processing) {
            return;
        }
        processing = true;
        while (input != null && step()) {
            // each step consumes something or ends the loop
        }
        processing = false;
    }

    /** Whether {@link #process} is at work further up the stack. */
    boolean processing() {
        return processing;
    }

    private boolean step() {
        if (connection.lingering()) {
            release();
            return false;
        }
        Exchange exchange = connection.exchange();
        if (exchange == null) {
            return connection.isWritable() && readHead();
        }
        return exchange.takesBody() && readBody(exchange);
    }

    private boolean readHead() {
        ByteBuf in = Objects.requireNonNull(input);
        RequestHead head = loop.requestHead;
        HeadVerdict verdict = head.read(in, connection.listener().settings().headLimits());
        if (verdict == HeadVerdict.INCOMPLETE) {
            connection.await(ClientWait.HEAD);
            return false;
        }
        if (verdict == HeadVerdict.VERSION_UNSUPPORTED && head.http2Preface()) {
            input = null;
            if (connection.handOver(in)) {
                return false;
            }
            input = in;
        }
        Exchange exchange = connection.newExchange();
        if (verdict != HeadVerdict.COMPLETE) {
            exchange.refuse(Verdicts.failure(verdict), Verdicts.wellFormed(verdict) ? head : null);
            return false;
        }
        in.skipBytes(head.length());
        boolean spent = !in.isReadable();
        if (spent) {
            input = null;
        }
        exchange.start(head, spent ? in : null);
        return true;
    }

    /** The buffer may be on its way to the endpoint when the body was all of it: then it is not touched again. */
    private boolean readBody(Exchange exchange) {
        ByteBuf in = Objects.requireNonNull(input);
        input = null;
        int writerIndex = in.writerIndex();
        int end = exchange.relayRequest(in);
        if (end == BodyReader.MALFORMED || end == writerIndex || connection.lingering() || !connection.isActive()) {
            in.release();
        } else {
            in.readerIndex(end);
            input = in;
        }
        return true;
    }

    boolean isEmpty() {
        return input == null;
    }

    /** Octets that wait here. */
    int waitingBytes() {
        return input == null ? 0 : input.readableBytes();
    }

    void release() {
        if (input != null) {
            input.release();
            input = null;
        }
    }
}
