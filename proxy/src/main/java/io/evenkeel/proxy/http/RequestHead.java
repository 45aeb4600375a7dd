package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * The head of one request: the octets it arrived in and positions in them. One per event loop, overwritten by the next head; whatever must
 * outlive the current read is copied out of it.
 *
 * <p><b>Spec.</b> RFC 9112 §2–3, §5.
 */
public final class RequestHead {

    private static final byte[] VERSION_PREFIX = Octets.ascii("HTTP/");
    private static final int VERSION_BYTES = 8;
    private static final byte[] HTTP2_PREFACE = Octets.ascii("PRI * HTTP/2.0");

    private final byte[] bytes;
    private final FieldTable fields;
    final ConnectionOptions connection = new ConnectionOptions();
    final MessageFraming framing = new MessageFraming();
    final RequestTarget target = new RequestTarget();
    private final UpgradeOffer upgrade = new UpgradeOffer();

    private int length;
    private Method method = Method.OTHER;
    private int methodStart;
    private int methodEnd;
    private int minorVersion;
    private boolean expectContinue;
    private boolean http2;

    /** What a listener allows of a head: octets in all, field lines, octets of the target. */
    public record Limits(int headBytes, int fields, int targetBytes) {}

    /**
     * @param maxBytes the largest head that any listener allows
     * @param maxFields the most field lines that any listener allows
     */
    public RequestHead(int maxBytes, int maxFields) {
        bytes = new byte[maxBytes];
        fields = new FieldTable(maxFields);
    }

    /**
     * Scans the head at the buffer's reader index, which stays where it is, and applies every rule that needs no more than the head.
     *
     * @return {@link HeadVerdict#COMPLETE} with this object filled in, or why not
     */
    public HeadVerdict read(ByteBuf in, Limits limits) {
        int limit = Math.min(in.readableBytes(), limits.headBytes());
        in.getBytes(in.readerIndex(), bytes, 0, limit);
        length = 0;
        http2 = false;
        fields.clear();
        HeadVerdict verdict = scan(limit, limits);
        if (verdict == HeadVerdict.INCOMPLETE && limit == limits.headBytes()) {
            return HeadVerdict.TOO_LARGE;
        }
        return verdict == HeadVerdict.COMPLETE ? RequestRules.apply(this) : verdict;
    }

    private HeadVerdict scan(int limit, Limits limits) {
        int position = skipEmptyLines(limit);
        methodStart = position;
        while (position < limit && Octets.isToken(bytes[position])) {
            position++;
        }
        methodEnd = position;
        if (position == limit) {
            return HeadVerdict.INCOMPLETE;
        }
        if (bytes[position] != ' ' || methodEnd == methodStart) {
            return HeadVerdict.MALFORMED;
        }
        method = Method.of(bytes, methodStart, methodEnd);
        int targetStart = position + 1;
        int targetEnd = endOfTarget(targetStart, limit);
        if (targetEnd - targetStart > limits.targetBytes()) {
            return HeadVerdict.TARGET_TOO_LONG;
        }
        target.reset(targetStart, targetEnd);
        HeadVerdict version = version(targetEnd, limit);
        if (version != HeadVerdict.COMPLETE) {
            return version;
        }
        return fields(targetEnd + 1 + VERSION_BYTES + 2, limit, limits.fields());
    }

    /** Empty lines before a request line are ignored (RFC 9112 §2.2). */
    private int skipEmptyLines(int limit) {
        int position = 0;
        while (position + 1 < limit && bytes[position] == '\r' && bytes[position + 1] == '\n') {
            position += 2;
        }
        return position + 1 == limit && bytes[position] == '\r' ? limit : position;
    }

    private int endOfTarget(int start, int limit) {
        int position = start;
        while (position < limit && Octets.isTarget(bytes[position])) {
            position++;
        }
        return position;
    }

    private HeadVerdict version(int space, int limit) {
        if (space == target.start()) {
            return space == limit ? HeadVerdict.INCOMPLETE : HeadVerdict.MALFORMED;
        }
        int end = space + 1 + VERSION_BYTES + 2;
        int have = Math.min(limit, end);
        for (int i = space; i < have; i++) {
            if (!versionOctet(i - space, bytes[i])) {
                return HeadVerdict.MALFORMED;
            }
        }
        if (have < end) {
            return HeadVerdict.INCOMPLETE;
        }
        minorVersion = bytes[space + VERSION_BYTES] - '0';
        return bytes[space + VERSION_BYTES - 2] == '1' ? HeadVerdict.COMPLETE : HeadVerdict.VERSION_UNSUPPORTED;
    }

    /** Whether octet {@code i} of {@code SP "HTTP/" DIGIT "." DIGIT CRLF} may be {@code b}. */
    private static boolean versionOctet(int i, byte b) {
        return switch (i) {
            case 0 -> b == ' ';
            case 1, 2, 3, 4, 5 -> b == VERSION_PREFIX[i - 1];
            case 6, 8 -> Octets.isDigit(b);
            case 7 -> b == '.';
            case 9 -> b == '\r';
            default -> b == '\n';
        };
    }

    private HeadVerdict fields(int from, int limit, int maxFields) {
        int end = FieldScanner.scan(bytes, from, limit, fields, maxFields);
        return switch (end) {
            case FieldScanner.INCOMPLETE -> HeadVerdict.INCOMPLETE;
            case FieldScanner.MALFORMED -> HeadVerdict.MALFORMED;
            case FieldScanner.TOO_MANY -> HeadVerdict.TOO_LARGE;
            default -> {
                length = end;
                yield HeadVerdict.COMPLETE;
            }
        };
    }

    /** Whether a head whose version is not supported is the first line of the preface of HTTP/2 (RFC 9113 §3.4). */
    public boolean http2Preface() {
        return Octets.startsWith(bytes, methodStart, target.end() + VERSION_BYTES + 1, HTTP2_PREFACE);
    }

    void expectContinue(boolean value) {
        expectContinue = value;
    }

    /** The octets that all positions refer to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Octets from the reader index to behind the empty line. */
    public int length() {
        return length;
    }

    public FieldTable fields() {
        return fields;
    }

    public Method method() {
        return method;
    }

    public int methodStart() {
        return methodStart;
    }

    public int methodEnd() {
        return methodEnd;
    }

    public RequestTarget target() {
        return target;
    }

    public MessageFraming framing() {
        return framing;
    }

    /** Tells that the head, just read, was made of one that came over HTTP/2. */
    public void overHttp2() {
        http2 = true;
    }

    /** Whether the client speaks HTTP/2. */
    public boolean http2() {
        return http2;
    }

    /** Whether the client speaks HTTP/1.0. */
    public boolean http10() {
        return minorVersion == 0;
    }

    /** Whether the client wants the connection to live on (RFC 9112 §9.3). */
    public boolean keepAlive() {
        return http10() ? connection.keepAlive() && !connection.close() : !connection.close();
    }

    /** Whether the client waits for a 100 before it sends the body (RFC 9110 §10.1.1). */
    public boolean expectContinue() {
        return expectContinue;
    }

    /** What else the client would have the connection turned into. */
    public UpgradeOffer upgrade() {
        return upgrade;
    }
}
