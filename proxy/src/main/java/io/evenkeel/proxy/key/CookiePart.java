package io.evenkeel.proxy.key;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;

/**
 * The value of the first cookie of a name, in whichever {@code Cookie} field it stands; quotes around it belong to it. Immutable.
 *
 * <p><b>Spec.</b> RFC 6265 §4.2.1, read as forgivingly as servers do: blanks around a pair are left out, what is no pair is passed over. Of several
 * cookies of one name the first has the longest path (§5.4).
 */
public final class CookiePart implements KeyPart {

    private final byte[] name;

    public CookiePart(String name) {
        this.name = Octets.ascii(name);
    }

    @Override
    public boolean find(RequestHead head, ClientAddress client, Span found) {
        return find(head, found);
    }

    /** The same, for which no client is needed. */
    public boolean find(RequestHead head, Span found) {
        FieldTable fields = head.fields();
        for (int i = fields.find(KnownField.COOKIE, 0); i >= 0; i = fields.find(KnownField.COOKIE, i + 1)) {
            if (inField(head.bytes(), fields.valueStart(i), fields.valueEnd(i), found)) {
                return true;
            }
        }
        return false;
    }

    private boolean inField(byte[] bytes, int from, int to, Span found) {
        int start = from;
        while (start < to) {
            int end = indexOf((byte) ';', bytes, start, to);
            if (isNamed(bytes, start, end, found)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private boolean isNamed(byte[] bytes, int from, int to, Span found) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        int value = start + name.length + 1;
        if (value > end || bytes[value - 1] != '=' || !Octets.equals(bytes, start, value - 1, name)) {
            return false;
        }
        found.set(bytes, value, end);
        return true;
    }

    private static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
