package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.BodySink;
import io.evenkeel.proxy.http.ChunkWriter;
import io.evenkeel.proxy.http.HeadVerdict;
import io.evenkeel.proxy.http.Hsts;
import io.evenkeel.proxy.http.Method;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one response to its client: interim responses, the head, the body. Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the octets of a head that has not come in whole until {@link #reset}.
 */
final class ResponseRelay implements BodySink {

    /** An endpoint that sends more interim responses than this never means to answer. */
    private static final int MAX_INTERIM = 64;

    private final Exchange exchange;
    private final LoopContext loop;
    private final BodyReader body = new BodyReader(LoopContext.MAX_TRAILER_BYTES);
    private @Nullable ByteBuf partialHead;
    private final Consumer<ByteBuf> forwarding = this::forward;
    /** Whether the endpoint's transport tells where bodies end. */
    private boolean endpointFrames;
    /** Whether the body comes framed by the transport, and leaves in chunks. */
    private boolean wraps;

    private boolean begun;
    private boolean declined;
    private boolean surplus;
    private boolean connectionReusable;
    private int interim;
    private int status;
    private int maxHeadBytes;

    ResponseRelay(Exchange exchange, LoopContext loop) {
        this.exchange = exchange;
        this.loop = loop;
    }

    /** Forgets the last response, or what came of the last attempt. */
    void reset() {
        begun = false;
        declined = false;
        surplus = false;
        connectionReusable = false;
        interim = 0;
        status = 0;
        body.none();
        if (partialHead != null) {
            partialHead.release();
            partialHead = null;
        }
    }

    /**
     * What is known of the endpoints before any of them answers.
     *
     * @param maxBytes heads beyond this many octets are refused
     * @param framed whether their transport tells where bodies end
     */
    void expect(int maxBytes, boolean framed) {
        maxHeadBytes = maxBytes;
        endpointFrames = framed;
    }

    /**
     * Relays what the endpoint sent.
     *
     * <p><b>Ownership.</b> Takes {@code bytes}.
     *
     * @return why the exchange cannot go on, or null
     */
    @Nullable
    Failure relay(ByteBuf bytes) {
        ByteBuf in = bytes;
        if (partialHead != null) {
            in = Buffers.join(partialHead, bytes);
            partialHead = null;
        }
        while (!begun) {
            HeadVerdict verdict = loop.responseHead.read(in, maxHeadBytes, LoopContext.MAX_FIELDS);
            if (verdict == HeadVerdict.INCOMPLETE) {
                partialHead = in;
                return null;
            }
            if (verdict != HeadVerdict.COMPLETE || (loop.responseHead.interim() && ++interim > MAX_INTERIM)) {
                in.release();
                return verdict == HeadVerdict.TOO_LARGE ? Failure.RESPONSE_HEAD_TOO_LARGE : Failure.MALFORMED_RESPONSE;
            }
            if (!loop.responseHead.interim()) {
                return relayFinal(in);
            }
            if (loop.responseHead.switches()) {
                return relaySwitch(in);
            }
            relayInterim(in);
            if (!in.isReadable()) {
                in.release();
                return null;
            }
        }
        return relayBody(in, in.readerIndex());
    }

    /** RFC 9110 §15.2: passed on, but not to an HTTP/1.0 client, which does not know them. */
    private void relayInterim(ByteBuf in) {
        int end = in.readerIndex() + loop.responseHead.length();
        if (!exchange.request().http10()) {
            Downstream client = exchange.downstream();
            client.writeHead(in, loop.responseHead, ResponseHeadEditor.Persistence.IMPLICIT);
            if (in.readerIndex() < end) {
                client.write(in.retainedSlice(in.readerIndex(), end - in.readerIndex()));
            }
            client.flush();
        }
        in.readerIndex(end);
    }

    /** RFC 9110 §15.2.2: only to what was asked for. What stands behind the head is no HTTP any more. */
    private @Nullable Failure relaySwitch(ByteBuf in) {
        ResponseHead head = loop.responseHead;
        byte[] asked = exchange.request().upgrade();
        if (asked == null || !head.switchesTo(asked) || !exchange.downstream().accepts(head)) {
            in.release();
            return Failure.MALFORMED_RESPONSE;
        }
        begun = true;
        status = head.status();
        body.untilClose();
        addLines(head);
        int end = in.readerIndex() + head.length();
        Downstream client = exchange.downstream();
        exchange.record().bytes().sentHead(client.writeHead(in, head, ResponseHeadEditor.Persistence.UPGRADE));
        if (in.readerIndex() < end) {
            client.write(in.readRetainedSlice(end - in.readerIndex()));
        }
        exchange.upgrade(head, in);
        return null;
    }

    private void addLines(ResponseHead head) {
        byte[] line = exchange.fieldLine(head);
        if (line != null) {
            head.add(line);
        }
        Hsts hsts = exchange.downstream().listener().settings().hsts();
        if (hsts != null && !head.secures()) {
            head.add(hsts.line());
        }
    }

    private @Nullable Failure relayFinal(ByteBuf in) {
        ResponseHead head = loop.responseHead;
        if (exchange.declines(head)) {
            declined = true;
            connectionReusable = head.keepAlive() && isWhole(head, in);
            in.release();
            return null;
        }
        int bodyStart = in.readerIndex() + head.length();
        begun = true;
        status = head.status();
        boolean endless = frame(head);
        connectionReusable = head.keepAlive() && !body.endsWithConnection();
        exchange.onResponseHead(head, endless);
        addLines(head);
        exchange.record().bytes().sentHead(exchange.downstream().writeHead(in, head, exchange.persistence()));
        return relayBody(in, bodyStart);
    }

    /** Whether all of the response, and no more, is in this buffer; chunks are not looked into. */
    private boolean isWhole(ResponseHead head, ByteBuf in) {
        boolean hasBody = head.hasBody(exchange.request().method() == Method.HEAD);
        long length = hasBody ? head.framing().contentLength() : 0;
        return in.readableBytes() == head.length() + length
                && !(hasBody && head.framing().chunked());
    }

    /** Settles where the body ends, and how the client is told; true: by nothing but the end of its connection. */
    private boolean frame(ResponseHead head) {
        boolean chunks = head.framing().chunked();
        boolean sized = head.framing().contentLength() >= 0;
        boolean clientFrames = exchange.downstream().framed();
        boolean unchunks = chunks && (clientFrames || exchange.request().http10());
        wraps = false;
        if (unchunks) {
            head.dropTransferEncoding();
        }
        if (!head.hasBody(exchange.request().method() == Method.HEAD)) {
            body.none();
            return false;
        }
        if (endpointFrames) {
            body.framed(0);
            wraps = !sized && !clientFrames && !exchange.request().http10();
        } else if (chunks) {
            body.chunked(unchunks);
        } else if (sized) {
            body.length(head.framing().contentLength());
        } else {
            body.untilClose();
        }
        if (wraps) {
            head.addTransferEncoding();
        }
        return !clientFrames && !sized && (!chunks || unchunks) && !wraps;
    }

    /** The buffer may be on its way to the client when this returns: it is not touched after it was read. */
    private @Nullable Failure relayBody(ByteBuf in, int from) {
        long before = body.payloadBytes();
        int writerIndex = in.writerIndex();
        exchange.picking().onBody(in, from);
        int end = body.read(in, from, this);
        in.release();
        exchange.record().bytes().sentBody(body.payloadBytes() - before);
        if (end == BodyReader.MALFORMED) {
            return Failure.MALFORMED_RESPONSE;
        }
        surplus = end < writerIndex;
        return null;
    }

    /**
     * Relays a part of a body that the endpoint's transport frames.
     *
     * <p><b>Ownership.</b> Takes {@code part}.
     *
     * @return why the exchange cannot go on, or null
     */
    @Nullable
    Failure relayPart(ByteBuf part) {
        if (!begun || body.done()) {
            boolean empty = !part.isReadable();
            part.release();
            return empty ? null : Failure.MALFORMED_RESPONSE;
        }
        return relayBody(part, part.readerIndex());
    }

    /**
     * The endpoint's transport has told the end of the body.
     *
     * <p><b>Ownership.</b> Takes {@code lines}, the trailer section, or null where there is none.
     *
     * @return why the exchange cannot go on, or null
     */
    @Nullable
    Failure end(@Nullable ByteBuf lines) {
        if (!begun) {
            ReferenceCountUtil.release(lines);
            return Failure.RESPONSE_TRUNCATED;
        }
        body.end();
        if (wraps) {
            ChunkWriter.end(lines, forwarding);
        } else if (lines != null) {
            onTrailers(lines);
        }
        return null;
    }

    @Override
    public void onPart(ByteBuf part) {
        if (wraps) {
            ChunkWriter.write(part, part.alloc(), forwarding);
        } else {
            forward(part);
        }
    }

    /** HTTP/1.0 clients know no trailers. */
    @Override
    public void onTrailers(ByteBuf lines) {
        if (exchange.downstream().framed()) {
            exchange.downstream().writeTrailers(lines);
        } else {
            lines.release();
        }
    }

    private void forward(ByteBuf part) {
        exchange.downstream().write(part);
    }

    /** The connection has ended, by a fault where {@code broken}: the proper end of the response, or the reason why it is none (RFC 9112 §8). */
    @Nullable
    Failure close(boolean broken) {
        if (!begun) {
            return partialHead == null && interim == 0 ? Failure.UPSTREAM_RESET : Failure.RESPONSE_TRUNCATED;
        }
        if (broken || !body.endsWithConnection()) {
            return Failure.RESPONSE_TRUNCATED;
        }
        body.none();
        return null;
    }

    /** Whether the client has been sent any of the final response. */
    boolean begun() {
        return begun;
    }

    /** Whether the response was thrown away for another attempt, of which nothing is known yet. */
    boolean declined() {
        return declined;
    }

    boolean done() {
        return begun && body.done();
    }

    /** Whether the upstream connection may serve another exchange; whoever sends more than was asked for may not. */
    boolean connectionReusable() {
        return connectionReusable && !surplus;
    }

    /** 100–599, or 0 before {@link #begun}. */
    int status() {
        return status;
    }
}
