package io.evenkeel.proxy.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The key of a WebSocket's opening that the router makes itself, because its client speaks HTTP/2, which has none. Immutable.
 *
 * <p><b>Spec.</b> RFC 6455 §4.1, §4.2.2; RFC 8441 §5. The key only proves that the endpoint has understood what it was asked.
 */
public final class WebSocketKey {

    private static final byte[] GUID = Octets.ascii("258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    private static final byte[] ACCEPT = Octets.ascii("sec-websocket-accept");
    private static final int KEY_BYTES = 16;

    private final byte[] text;

    private WebSocketKey(byte[] text) {
        this.text = text;
    }

    public static WebSocketKey make() {
        byte[] nonce = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(nonce);
        return of(Base64.getEncoder().encode(nonce));
    }

    static WebSocketKey of(byte[] text) {
        return new WebSocketKey(text.clone());
    }

    /** The value of {@code Sec-WebSocket-Key}. */
    public byte[] text() {
        return text.clone();
    }

    /** Whether the head has the one right {@code Sec-WebSocket-Accept}. */
    public boolean acceptedBy(ResponseHead head) {
        FieldTable fields = head.fields();
        int found = 0;
        boolean right = true;
        for (int i = 0; i < fields.count(); i++) {
            if (isAccept(head.bytes(), fields.start(i), fields.nameEnd(i))) {
                found++;
                right &= Octets.equals(head.bytes(), fields.valueStart(i), fields.valueEnd(i), accept());
            }
        }
        return found == 1 && right;
    }

    /** Whether this is the name of the field that says so, which means nothing to an HTTP/2 client. */
    public static boolean isAccept(byte[] bytes, int start, int end) {
        return Octets.equalsIgnoreCase(bytes, start, end, ACCEPT);
    }

    private byte[] accept() {
        byte[] both = Arrays.copyOf(text, text.length + GUID.length);
        System.arraycopy(GUID, 0, both, text.length, GUID.length);
        try {
            return Base64.getEncoder().encode(MessageDigest.getInstance("SHA-1").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
