package io.evenkeel.proxy.http;

import io.evenkeel.config.ForwardingConfig;

/**
 * What a listener's router adds to a request, and which fields of the client it replaces by its own. Immutable.
 *
 * <p><b>Spec.</b> RFC 7239; RFC 9110 §7.6.3; W3C Trace Context §3.2. Fields about the client's identity are taken over only from trusted
 * proxies; from others they are replaced.
 */
public final class ForwardingPolicy {

    private static final byte[] X_FORWARDED_FOR = Octets.ascii("X-Forwarded-For: ");
    private static final byte[] X_FORWARDED_PROTO_HTTP = Octets.ascii("X-Forwarded-Proto: http\r\n");
    private static final byte[] X_FORWARDED_PROTO_HTTPS = Octets.ascii("X-Forwarded-Proto: https\r\n");
    private static final byte[] X_FORWARDED_HOST = Octets.ascii("X-Forwarded-Host: ");
    private static final byte[] FORWARDED_FOR = Octets.ascii("Forwarded: for=");
    private static final byte[] FORWARDED_HOST = Octets.ascii(";host=\"");
    private static final byte[] FORWARDED_PROTO_HTTP = Octets.ascii(";proto=http\r\n");
    private static final byte[] FORWARDED_PROTO_HTTPS = Octets.ascii(";proto=https\r\n");
    private static final byte[] X_REQUEST_ID = Octets.ascii("X-Request-Id: ");
    private static final byte[] TRACEPARENT = Octets.ascii("traceparent: 00-");
    private static final byte[] SAMPLED = Octets.ascii("-01\r\n");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private final boolean xForwarded;
    private final boolean forwarded;
    private final boolean via;
    private final boolean requestId;
    private final boolean traceparent;
    private final byte[] pseudonym;
    private final byte[] viaLine;
    private final byte[] viaLineHttp10;
    private final byte[] viaLineHttp2;
    private final SubjectFields subjects;

    /** @param pseudonym this router's name in {@code Via}; unique, or a request through two routers looks like a loop */
    public ForwardingPolicy(ForwardingConfig config, String pseudonym) {
        this(config, pseudonym, SubjectFields.NONE);
    }

    /** The same with fields about client certificates. */
    public ForwardingPolicy(ForwardingConfig config, String pseudonym, SubjectFields subjects) {
        this.subjects = subjects;
        this.xForwarded = config.xForwarded();
        this.forwarded = config.forwarded();
        this.via = config.via();
        this.requestId = config.requestId();
        this.traceparent = config.traceparent();
        this.pseudonym = Octets.ascii(pseudonym);
        this.viaLine = Octets.ascii("Via: 1.1 " + pseudonym + "\r\n");
        this.viaLineHttp2 = Octets.ascii("Via: 2.0 " + pseudonym + "\r\n");
        this.viaLineHttp10 = Octets.ascii("Via: 1.0 " + pseudonym + "\r\n");
    }

    /** Whether a line of the client's is left out because this router writes its own. */
    boolean replaces(RequestHead head, int line, ClientAddress client) {
        return switch (head.fields().known(line)) {
            case X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO, FORWARDED -> !client.trusted();
            case X_REQUEST_ID -> requestId && !(isFirst(head, line) && validId(head, line));
            case TRACEPARENT -> traceparent && !keepsTrace(head);
            case TRACESTATE -> traceparent && !keepsTrace(head);
            default -> subjects.forged(head, line);
        };
    }

    private static boolean isFirst(RequestHead head, int line) {
        return head.fields().find(head.fields().known(line), 0) == line;
    }

    private static boolean validId(RequestHead head, int line) {
        FieldTable fields = head.fields();
        int length = fields.valueEnd(line) - fields.valueStart(line);
        return length <= RequestId.MAX_BYTES
                && Octets.isAllToken(head.bytes(), fields.valueStart(line), fields.valueEnd(line));
    }

    private static boolean keepsTrace(RequestHead head) {
        int line = head.fields().find(KnownField.TRACEPARENT, 0);
        return line >= 0 && TraceParent.valid(head, line) && head.fields().find(KnownField.TRACEPARENT, line + 1) < 0;
    }

    /** Whether this router's pseudonym already stands in {@code Via}: the request goes in circles. */
    public boolean loops(RequestHead head) {
        FieldTable fields = head.fields();
        for (int line = fields.find(KnownField.VIA, 0); line >= 0; line = fields.find(KnownField.VIA, line + 1)) {
            if (names(head.bytes(), fields.valueStart(line), fields.valueEnd(line))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the range holds the pseudonym as a word of its own. */
    private boolean names(byte[] bytes, int start, int end) {
        for (int at = start + 1; at + pseudonym.length <= end; at++) {
            int after = at + pseudonym.length;
            if (Octets.equals(bytes, at, after, pseudonym)
                    && Octets.isBlank(bytes[at - 1])
                    && (after == end || bytes[after] == ',' || Octets.isBlank(bytes[after]))) {
                return true;
            }
        }
        return false;
    }

    /** Writes this router's own lines. */
    void append(HeadBuffer out, RequestHead head, ClientAddress client, RequestId id) {
        subjects.append(out, client);
        if (xForwarded) {
            xForwarded(out, head, client);
        }
        if (forwarded) {
            forwarded(out, head, client);
        }
        if (via) {
            out.put(viaLine(head));
        }
        if (id.made() && requestId) {
            out.put(X_REQUEST_ID);
            out.put(id.bytes(), 0, id.length());
            out.put(CRLF);
        }
        if (traceparent && !keepsTrace(head)) {
            out.put(TRACEPARENT);
            id.putTraceId(out);
            out.put((byte) '-');
            out.putHex(id.spanId());
            out.put(SAMPLED);
        }
    }

    private byte[] viaLine(RequestHead head) {
        if (head.http2()) {
            return viaLineHttp2;
        }
        return head.http10() ? viaLineHttp10 : viaLine;
    }

    /** A list field may stand in several lines (RFC 9110 §5.3): one more continues what a trusted proxy said. */
    private void xForwarded(HeadBuffer out, RequestHead head, ClientAddress client) {
        out.put(X_FORWARDED_FOR);
        out.put(client.text());
        out.put(CRLF);
        if (!client.trusted() || head.fields().find(KnownField.X_FORWARDED_PROTO, 0) < 0) {
            out.put(client.handshake() == null ? X_FORWARDED_PROTO_HTTP : X_FORWARDED_PROTO_HTTPS);
        }
        if (hasHost(head) && (!client.trusted() || head.fields().find(KnownField.X_FORWARDED_HOST, 0) < 0)) {
            out.put(X_FORWARDED_HOST);
            out.put(head.bytes(), head.target().authorityStart(), head.target().authorityEnd());
            out.put(CRLF);
        }
    }

    private static void forwarded(HeadBuffer out, RequestHead head, ClientAddress client) {
        out.put(FORWARDED_FOR);
        out.put(client.node());
        if (hasHost(head)) {
            out.put(FORWARDED_HOST);
            out.put(head.bytes(), head.target().authorityStart(), head.target().authorityEnd());
            out.put((byte) '"');
        }
        out.put(client.handshake() == null ? FORWARDED_PROTO_HTTP : FORWARDED_PROTO_HTTPS);
    }

    private static boolean hasHost(RequestHead head) {
        return head.target().authorityEnd() > head.target().authorityStart();
    }
}
