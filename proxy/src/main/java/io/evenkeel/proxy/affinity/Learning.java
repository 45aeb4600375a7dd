package io.evenkeel.proxy.affinity;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.key.KeyHash;
import io.netty.buffer.ByteBuf;

/** Learns the key that an endpoint makes known in one stream of events, while the stream passes. Event-loop confined. */
public final class Learning {

    private static final byte[] EVENT_STREAM = Octets.ascii("text/event-stream");
    private static final int OK = 200;

    /** A trailer section, of which nothing is learned, that is longer than this ends the learning. */
    private static final int MAX_TRAILER_BYTES = 1024;

    private final LearnedKeys keys;
    private final KeyHash hash;
    private final EndpointState endpoint;
    private final FirstEvent event = new FirstEvent();
    private final BodyReader body = new BodyReader(MAX_TRAILER_BYTES);

    Learning(LearnedKeys keys, KeyHash hash, EndpointState endpoint, ResponseHead head) {
        this.keys = keys;
        this.hash = hash;
        this.endpoint = endpoint;
        if (head.framing().chunked()) {
            body.chunked(true);
        } else if (head.framing().contentLength() >= 0) {
            body.length(head.framing().contentLength());
        } else {
            body.untilClose();
        }
    }

    /** Whether this is the head of a stream of events that can be read. */
    static boolean canLearnFrom(ResponseHead head) {
        FieldTable fields = head.fields();
        int type = fields.find(KnownField.CONTENT_TYPE, 0);
        return head.status() == OK
                && type >= 0
                && fields.find(KnownField.CONTENT_ENCODING, 0) < 0
                && isEventStream(head.bytes(), fields.valueStart(type), fields.valueEnd(type));
    }

    private static boolean isEventStream(byte[] bytes, int start, int valueEnd) {
        int end = Math.min(valueEnd, start + EVENT_STREAM.length);
        return Octets.equalsIgnoreCase(bytes, start, end, EVENT_STREAM)
                && (end == valueEnd || bytes[end] == ';' || bytes[end] == ' ' || bytes[end] == '\t');
    }

    /**
     * Looks at the octets of the body from this index of {@code in} on, which is left as it is.
     *
     * @return whether there may be more to learn
     */
    public boolean look(ByteBuf in, int from, long nowNanos) {
        int end = body.read(in.slice(from, in.writerIndex() - from), 0, event);
        if (event.isNamed(keys.event())) {
            keys.table().learn(hash.of(event.data(), 0, event.dataLength()), endpoint.address(), nowNanos);
        }
        return end != BodyReader.MALFORMED && !event.done() && !body.done();
    }
}
