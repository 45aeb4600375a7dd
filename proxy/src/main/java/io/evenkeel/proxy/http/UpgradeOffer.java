package io.evenkeel.proxy.http;

import org.jspecify.annotations.Nullable;

/**
 * The protocols that a request offers to turn its connection into, and the one of them that is put to the endpoint. Reused; event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9110 §7.8: an offer may be ignored, and the request served as if there were none. That is what becomes of offers that the route
 * does not allow. A WebSocket is the exception: its client can do nothing with an ordinary answer, so it is told.
 */
public final class UpgradeOffer {

    private static final byte[] WEBSOCKET = Octets.ascii("websocket");
    private static final byte[] LINES = Octets.ascii("Connection: Upgrade\r\nUpgrade: ");
    private static final byte[] CRLF = Octets.ascii("\r\n");

    private boolean present;
    private byte @Nullable [] protocol;
    private boolean webSocket;
    private int start;
    private int end;

    /** What becomes of the offer. */
    public enum Verdict {
        /** The endpoint is asked for {@link #protocol}. */
        PASSED_ON,
        /** The request is served as if nothing had been offered. */
        IGNORED,
        /** A WebSocket, where there is none to be had. */
        REFUSED,
        /** A request that no other protocol can follow: one with a body or, for a WebSocket, with another method than GET. */
        MALFORMED
    }

    void reset() {
        present = false;
        protocol = null;
    }

    /** There is an {@code Upgrade} field, and the connection option that makes it count. */
    void found() {
        present = true;
    }

    /** Whether anything is offered. */
    public boolean present() {
        return present;
    }

    /**
     * Settles which protocol the endpoint is asked for: the first offered that is allowed.
     *
     * @param allowed names in lower case
     */
    public Verdict settle(RequestHead head, byte[][] allowed) {
        protocol = null;
        webSocket = false;
        FieldTable fields = head.fields();
        int line = fields.find(KnownField.UPGRADE, 0);
        while (line >= 0 && protocol == null) {
            settle(head.bytes(), fields.valueStart(line), fields.valueEnd(line), allowed);
            line = fields.find(KnownField.UPGRADE, line + 1);
        }
        if (protocol == null) {
            return webSocket ? Verdict.REFUSED : Verdict.IGNORED;
        }
        return mayFollow(head) ? Verdict.PASSED_ON : Verdict.MALFORMED;
    }

    private void settle(byte[] bytes, int from, int to, byte[][] allowed) {
        for (int at = from; at < to && protocol == null; at = end + 1) {
            start = at;
            end = at;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            int comma = end;
            trim(bytes);
            webSocket |= Octets.equalsIgnoreCase(bytes, start, end, WEBSOCKET);
            for (int i = 0; i < allowed.length && protocol == null; i++) {
                protocol = Octets.equalsIgnoreCase(bytes, start, end, allowed[i]) ? allowed[i] : null;
            }
            if (protocol == null) {
                end = comma;
            }
        }
    }

    private void trim(byte[] bytes) {
        while (start < end && Octets.isBlank(bytes[start])) {
            start++;
        }
        while (end > start && Octets.isBlank(bytes[end - 1])) {
            end--;
        }
    }

    /** RFC 6455 §4.1: GET. A body would have to be sent whole before the other protocol begins (RFC 9110 §7.8), which nobody asks for. */
    private boolean mayFollow(RequestHead head) {
        boolean body = head.framing().chunked() || head.framing().contentLength() > 0;
        return !body && (!webSocket() || head.method() == Method.GET);
    }

    /** The name of what the endpoint is asked for, in lower case and not to be written to; null: nothing. */
    public byte @Nullable [] protocol() {
        return protocol;
    }

    /** Whether it is a WebSocket (RFC 6455) that the endpoint is asked for. */
    public boolean webSocket() {
        return protocol != null && isWebSocket(protocol);
    }

    /** Whether this name, in lower case, is that of WebSockets. */
    public static boolean isWebSocket(byte[] protocol) {
        return Octets.equals(protocol, 0, protocol.length, WEBSOCKET);
    }

    /** Writes the lines that ask for it, in the client's spelling; {@code bytes} are those of the head. */
    void write(HeadBuffer out, byte[] bytes) {
        out.put(LINES);
        out.put(bytes, start, end);
        out.put(CRLF);
    }
}
