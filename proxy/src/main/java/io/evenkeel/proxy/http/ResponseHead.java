package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * The head of one response: the octets it arrived in and positions in them. One per event loop, overwritten by the next head.
 *
 * <p><b>Spec.</b> RFC 9112 §4–6.
 */
public final class ResponseHead {

    private static final byte[] PREFIX = Octets.ascii("HTTP/1.");
    private static final byte[] RETRY_AFTER = Octets.ascii("retry-after");
    private static final byte[] STRICT_TRANSPORT_SECURITY = Octets.ascii("strict-transport-security");
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] CHUNKED = Octets.ascii("Transfer-Encoding: chunked\r\n");
    /** More than this router has to say in one head. */
    private static final int MAX_ADDED = 8;

    private static final int STATUS_AT = 9;
    /** {@code HTTP/1.1 200 }: the space behind the status is not optional (RFC 9112 §4). */
    private static final int REASON_AT = 13;

    private final byte[] bytes;
    private final FieldTable fields;
    final ConnectionOptions connection = new ConnectionOptions();
    private final MessageFraming framing = new MessageFraming();

    private int length;
    private int status;
    private int minorVersion;
    private final byte[][] added = new byte[MAX_ADDED][];
    private int addedCount;
    private boolean dated;

    /**
     * @param maxBytes the largest head that any pool allows
     * @param maxFields the most field lines in a response
     */
    public ResponseHead(int maxBytes, int maxFields) {
        bytes = new byte[maxBytes];
        fields = new FieldTable(maxFields);
    }

    /** Scans the head at the buffer's reader index, which stays where it is. */
    public HeadVerdict read(ByteBuf in, int maxBytes, int maxFields) {
        int limit = Math.min(in.readableBytes(), maxBytes);
        in.getBytes(in.readerIndex(), bytes, 0, limit);
        fields.clear();
        length = 0;
        addedCount = 0;
        HeadVerdict verdict = scan(limit, maxFields);
        if (verdict == HeadVerdict.INCOMPLETE && limit == maxBytes) {
            return HeadVerdict.TOO_LARGE;
        }
        return verdict == HeadVerdict.COMPLETE ? rules() : verdict;
    }

    private HeadVerdict scan(int limit, int maxFields) {
        for (int i = 0; i < Math.min(limit, REASON_AT); i++) {
            if (!statusLineOctet(i, bytes[i])) {
                return HeadVerdict.MALFORMED;
            }
        }
        int position = REASON_AT;
        while (position < limit && Octets.isValue(bytes[position])) {
            position++;
        }
        if (position + 1 >= limit) {
            return position >= limit || bytes[position] == '\r' ? HeadVerdict.INCOMPLETE : HeadVerdict.MALFORMED;
        }
        if (bytes[position] != '\r' || bytes[position + 1] != '\n') {
            return HeadVerdict.MALFORMED;
        }
        minorVersion = bytes[PREFIX.length] - '0';
        status = (bytes[STATUS_AT] - '0') * 100 + (bytes[STATUS_AT + 1] - '0') * 10 + bytes[STATUS_AT + 2] - '0';
        return fields(position + 2, limit, maxFields);
    }

    private static boolean statusLineOctet(int i, byte b) {
        if (i < PREFIX.length) {
            return b == PREFIX[i];
        }
        return (i == STATUS_AT - 1 || i == REASON_AT - 1) ? b == ' ' : Octets.isDigit(b);
    }

    private HeadVerdict fields(int from, int limit, int maxFields) {
        int end = FieldScanner.scan(bytes, from, limit, fields, maxFields);
        if (end == FieldScanner.INCOMPLETE) {
            return HeadVerdict.INCOMPLETE;
        }
        if (end < 0) {
            return end == FieldScanner.TOO_MANY ? HeadVerdict.TOO_LARGE : HeadVerdict.MALFORMED;
        }
        length = end;
        return HeadVerdict.COMPLETE;
    }

    private HeadVerdict rules() {
        if (status < 100 || status > 599 || !connection.read(bytes, fields)) {
            return HeadVerdict.MALFORMED;
        }
        if (status == SWITCHING_PROTOCOLS && !saysWhatTo()) {
            return HeadVerdict.MALFORMED;
        }
        if (framing.read(bytes, fields, minorVersion == 0) != HeadVerdict.COMPLETE) {
            return HeadVerdict.MALFORMED;
        }
        dated = false;
        for (int i = 0; i < fields.count(); i++) {
            dated |= fields.known(i) == KnownField.DATE;
            if (neverHasBody() && delimitsBody(fields.known(i))) {
                connection.drop(i);
            }
        }
        return HeadVerdict.COMPLETE;
    }

    /** RFC 9110 §15.2.2, §7.8: one {@code Upgrade} field, and the connection option that makes it count. */
    private boolean saysWhatTo() {
        int line = fields.find(KnownField.UPGRADE, 0);
        boolean once = line >= 0 && fields.find(KnownField.UPGRADE, line + 1) < 0;
        return once && connection.upgrade() && !http10();
    }

    private static boolean delimitsBody(KnownField field) {
        return field == KnownField.CONTENT_LENGTH || field == KnownField.TRANSFER_ENCODING;
    }

    private boolean neverHasBody() {
        return interim() || status == 204;
    }

    /** The body is forwarded without its chunks: the field that announces them goes too. */
    public void dropTransferEncoding() {
        for (int i = 0; i < fields.count(); i++) {
            if (fields.known(i) == KnownField.TRANSFER_ENCODING) {
                connection.drop(i);
            }
        }
    }

    /** The client is to be told this line, with its CRLF, as well. */
    public void add(byte[] line) {
        added[addedCount++] = line;
    }

    /** The body is forwarded in chunks although it does not come in any. */
    public void addTransferEncoding() {
        add(CHUNKED);
    }

    /** How many lines were added. */
    public int added() {
        return addedCount;
    }

    /** Line {@code i} of those that were added, with its CRLF. */
    public byte[] added(int i) {
        return added[i];
    }

    /** Whether line {@code i} ends at this hop. */
    public boolean dropped(int i) {
        return connection.dropped(i);
    }

    /** Whether the endpoint told the date. */
    public boolean dated() {
        return dated;
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

    /** 100–599. */
    public int status() {
        return status;
    }

    /** Whether more responses to the same request follow (RFC 9110 §15.2), or another protocol does. */
    public boolean interim() {
        return status < 200;
    }

    /** Whether what follows is no HTTP any more (RFC 9110 §15.2.2). */
    public boolean switches() {
        return status == SWITCHING_PROTOCOLS;
    }

    /** Whether what follows, by a head that {@link #switches}, is this protocol, given in lower case. */
    public boolean switchesTo(byte[] protocol) {
        int line = fields.find(KnownField.UPGRADE, 0);
        return Octets.equalsIgnoreCase(bytes, fields.valueStart(line), fields.valueEnd(line), protocol);
    }

    /** The field that says so goes on to the client. */
    void keepUpgrade() {
        connection.keep(fields.find(KnownField.UPGRADE, 0));
    }

    boolean http10() {
        return minorVersion == 0;
    }

    public MessageFraming framing() {
        return framing;
    }

    /** Whether the endpoint lets the connection live on (RFC 9112 §9.3). */
    public boolean keepAlive() {
        return http10() ? connection.keepAlive() && !connection.close() : !connection.close();
    }

    /** Whether it says when to come back (RFC 9110 §10.2.3). */
    public boolean retryAfter() {
        return has(RETRY_AFTER);
    }

    /** Whether it tells browsers to come over TLS only (RFC 6797 §6.1). */
    public boolean secures() {
        return has(STRICT_TRANSPORT_SECURITY);
    }

    private boolean has(byte[] lowerName) {
        for (int i = 0; i < fields.count(); i++) {
            if (Octets.equalsIgnoreCase(bytes, fields.start(i), fields.nameEnd(i), lowerName)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a body follows at all (RFC 9112 §6.3 rule 1). */
    public boolean hasBody(boolean answersHead) {
        return !answersHead && !neverHasBody() && status != 304;
    }
}
