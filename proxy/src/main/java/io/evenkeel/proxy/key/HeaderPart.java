package io.evenkeel.proxy.key;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;
import java.util.Locale;

/** The value of the first field line of a name. Immutable. */
final class HeaderPart implements KeyPart {

    private final byte[] name;

    HeaderPart(String name) {
        this.name = Octets.ascii(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean find(RequestHead head, ClientAddress client, Span found) {
        byte[] bytes = head.bytes();
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (Octets.equalsIgnoreCase(bytes, fields.start(i), fields.nameEnd(i), name)) {
                found.set(bytes, fields.valueStart(i), fields.valueEnd(i));
                return true;
            }
        }
        return false;
    }
}
