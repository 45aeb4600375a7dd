package io.evenkeel.proxy.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The fields in which endpoints are told the subjects of client certificates. Whatever clients send under such a name is left out, on every listener of the router,
 * because endpoints do not know which one a request came through. Immutable.
 */
public final class SubjectFields {

    /** There are none. */
    public static final SubjectFields NONE = new SubjectFields(List.of(), "");

    private final byte[][] guarded;
    private final byte[] line;

    private SubjectFields(Collection<String> guarded, String own) {
        this.guarded = new byte[guarded.size()][];
        int i = 0;
        for (String name : guarded) {
            this.guarded[i++] = Octets.ascii(name.toLowerCase(Locale.ROOT));
        }
        this.line = own.isEmpty() ? new byte[0] : Octets.ascii(own + ": ");
    }

    /**
     * @param guarded the fields of all listeners
     * @param own the one of this listener; empty: it asks for no certificates
     */
    public static SubjectFields of(Collection<String> guarded, String own) {
        return new SubjectFields(guarded, own);
    }

    /** Whether this line of a client's is forged. An underscore counts as a hyphen: gateways of old, and CGI, make one of the other. */
    boolean forged(RequestHead head, int line) {
        FieldTable fields = head.fields();
        for (byte[] name : guarded) {
            if (same(head.bytes(), fields.start(line), fields.nameEnd(line), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(byte[] bytes, int start, int end, byte[] name) {
        if (end - start != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            byte b = Octets.lower(bytes[start + i]);
            if (b != name[i] && !(isSeparator(b) && isSeparator(name[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(byte b) {
        return b == '-' || b == '_';
    }

    /** Writes the subject of the client's certificate, if it has shown one. */
    void append(HeadBuffer out, ClientAddress client) {
        Handshake handshake = client.handshake();
        byte[] subject = handshake == null ? null : handshake.subject();
        if (line.length > 0 && subject != null) {
            out.put(line);
            out.put(subject);
            out.put((byte) '\r');
            out.put((byte) '\n');
        }
    }
}
